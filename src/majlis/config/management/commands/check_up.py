"""`majlis check`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from majlis.config.check_up import Severity, look_at_everything


class Command(BaseCommand):
    help = "Check that configuration, database, mail, disk and address are as a seminar needs."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        signs = {
            Severity.GOOD: "  ok       ",
            Severity.ADVICE: "  consider ",
            Severity.FAULT: "  FAULT    ",
        }
        findings = list(look_at_everything())
        for finding in findings:
            self.stdout.write(f"{signs[finding.severity]}{finding.what}: {finding.says}")
        faults = sum(f.severity == Severity.FAULT for f in findings)
        if faults:
            raise CommandError(f"{faults} of {len(findings)} would spoil the seminar.")
