"""`majlis serve`."""

from __future__ import annotations

import contextlib
import signal
from functools import partial
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from majlis.config import network, preparation, processes, server
from majlis.kernel import jobs
from majlis.people.models import Person

ONE_ON_SQLITE = (
    "{n} processes need PostgreSQL; on SQLite one process serves. Name a database in "
    "MAJLIS_DATABASE_URL, or leave --processes and MAJLIS_PROCESSES out."
)


class Command(BaseCommand):
    help = "Serve Majlis, with the tick in the same process, until Ctrl-C (what `make run` does)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--processes", type=int, metavar="N", choices=range(1, 65), default=settings.PROCESSES,
            help="how many processes serve, on PostgreSQL; MAJLIS_PROCESSES without it",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        n = options["processes"]
        if n > 1 and settings.IS_SQLITE:
            raise CommandError(ONE_ON_SQLITE.format(n=n))
        settings.VAR.mkdir(parents=True, exist_ok=True)
        held = server.claim(settings.VAR) if settings.IS_SQLITE else None
        taken = server.bind(settings.HOST, settings.PORT, for_children=n > 1)
        noted = settings.VAR / "address"
        noted.write_text(settings.PUBLIC_URL, encoding="utf-8")
        done = preparation.prepare()
        if done.backed_up:
            self.stdout.write(
                f"The database was older: backed up to {done.backed_up}, then migrated."
            )
        if done.was_loaded:
            self.stdout.write("The first edition was loaded.")
        jobs.try_failed_again()
        room = server.Room.made()
        way_in = self.way_in(done.organiser)
        say_where = partial(self.say_where, way_in, room)
        if n == 1:
            signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again in the end
            with contextlib.suppress(KeyboardInterrupt):
                server.serve(taken, room=room, on_ready=say_where)
        else:
            server.load()  # once, and children have it
            serve = partial(server.serve_beside, taken, room)
            processes.Processes(n, serve=serve, on_ready=say_where).run()
        self.stdout.write("\nMajlis has stopped; everything is kept.")
        noted.unlink(missing_ok=True)
        if held:
            held.truncate(0)  # the number of a process that has ended may soon be another's
            held.close()
        server.leave()

    def way_in(self, organiser: Person) -> list[str]:
        """How to sign in: a link while nobody has one, and never into a file or a journal."""
        if self.stdout.isatty() and not preparation.somebody_signed_in():
            link = preparation.sign_in_address(organiser)
            return [link, "(signs you in as the organiser, once, within a day)"]
        return [
            f".venv/bin/majlis sign-in-link {organiser.email}",
            "(prints a link that signs you in, once, within a day)",
        ]

    def say_where(self, way_in: list[str], room: server.Room) -> None:
        """Print the address, the organiser's way in, and what phones can reach."""
        where = settings.PUBLIC_URL
        lines = ["", "Majlis is ready.", "", f"  Address     {where}/"]
        lines += [f"  Organiser   {way_in[0]}", f"              {way_in[1]}"]
        if not settings.PHONES_CAN_REACH:
            lines += [
                "  Phones      cannot reach this address: it is this machine's own.",
                "              For the local network:  make run HOST=0.0.0.0",
            ]
        elif settings.HOST in network.ANYWHERE:
            others = [f"http://{a}:{settings.PORT}/" for a in network.local_addresses()]
            others = [other for other in others if other != f"{where}/"]
            if others:
                lines.append(f"  Also        {'  '.join(others)}")
            lines.append(f"  Try it      {where}/en/reach/ tells whether a phone reaches it")
        if room.is_tight:
            lines += [
                (
                    f"  Room        for {room.connections} connections: the system allows this "
                    f"process {room.files} open files."
                ),
                "              More:  ulimit -n 20000  before the start.",
            ]
        self.stdout.write("\n".join(lines))
        if settings.PHONES_CAN_REACH:
            self.stdout.write("")
            import segno  # here, since most starts draw no code

            segno.make(f"{where}/", error="m").terminal(compact=True)
        self.stdout.write("\nCtrl-C stops it.")
        self.stdout.flush()
