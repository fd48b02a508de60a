import csv
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from opinionspace import BadExport, BadVotes, Votes
from opinionspace.export import Participant, export_of, read_export, write_export

ZONES = {"WIB": 7, "PDT": -7, "UTC": 0}


def records(path):
    with path.open(newline="", encoding="utf-8") as stream:
        return list(csv.reader(stream))


def instant(text):
    day, zone = " ".join(text.split()[1:4] + text.split()[5:]), text.split()[4]
    at = datetime.strptime(day, "%b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    return at - timedelta(hours=ZONES[zone])


@pytest.mark.parametrize("name", ["summary", "comments", "votes", "participants-votes"])
def test_writing_what_was_read_gives_the_same_file(open_data, tmp_path, name):
    write_export(read_export(open_data), tmp_path)

    was, now = records(open_data / f"{name}.csv"), records(tmp_path / f"{name}.csv")
    if "datetime" in was[0]:
        place = was[0].index("datetime")
        for one, other in zip(was[1:], now[1:], strict=True):
            assert instant(one[place]) == instant(other[place])
            del one[place], other[place]
        del was[0][place], now[0][place]
    assert now == was


def test_reading_what_was_written_gives_the_same_votes(open_data, tmp_path):
    export = read_export(open_data)
    write_export(export, tmp_path)

    again = read_export(tmp_path)

    assert again.votes().facts() == export.votes().facts()
    assert (again.comments, again.participants) == (export.comments, export.participants)
    assert again.summary == export.summary


def test_folded_votes_are_those_published_by_person(open_data):
    votes = read_export(open_data).votes()

    header, *lines = records(open_data / "participants-votes.csv")
    places = [at for at, name in enumerate(header) if name.isdigit()]
    columns = np.searchsorted(votes.statement_ids, [int(header[at]) for at in places])
    published = [[float(line[at] or "nan") for at in places] for line in lines]
    rows = np.searchsorted(votes.voice_ids, [int(line[0]) for line in lines])
    assert_array_equal(votes.dense()[rows][:, columns], published)


@pytest.fixture
def folder(tmp_path):
    """Function that writes the given files and returns their folder."""

    def write(**files):
        for name, text in files.items():
            content = text if isinstance(text, bytes) else text.encode()
            (tmp_path / f"{name.replace('_', '-')}.csv").write_bytes(content)
        return tmp_path

    return write


def test_votes_are_folded_in_the_order_of_time(folder):
    path = folder(
        votes="timestamp,comment-id,voter-id,vote\n30,1,1,-1\n10,1,1,1\n20,1,2,0\n30,2,2,1\n"
    )

    votes = read_export(path).votes()

    assert_array_equal(votes.dense(), [[-1, np.nan], [0, 1]])


def test_headers_may_drift_and_columns_may_be_missing(folder):
    path = folder(
        votes=b'\xef\xbb\xbfVote,Voter_Id,Comment_Id,weight\r\n"1",7,3,0.5\r\n-1,8,3,1\r\n',
        comments="is_meta,comment_id,moderated,new-column\nTRUE,3,,x\nfalse,4,-1,y\n",
    )

    votes = read_export(path).votes()

    assert votes.voice_ids.tolist() == [7, 8]
    assert votes.stance.tolist() == [1, -1]
    assert votes.is_meta.tolist() == [True, False]
    assert votes.mod.tolist() == [0, -1]


def test_published_groups_follow_the_voices(folder):
    path = folder(
        votes="comment-id,voter-id,vote\n1,5,1\n1,2,0\n",
        participants_votes="participant,xid,group-id,1\n5,a,1,1\n2,b,,0\n",
    )

    export = read_export(path)

    assert export.groups(export.votes()).tolist() == [-1, 1]
    assert export.participants[0] == Participant(5, 1, 0, "a")


def test_participants_are_found_under_either_name(folder):
    path = folder(
        votes="comment-id,voter-id,vote\n1,5,1\n",
        participant_votes="participant,group-id,1\n5,2,1\n",
    )

    assert [one.group for one in read_export(path).participants] == [2]


VOTES = "comment-id,voter-id,vote\n1,1,1\n"
LAYOUTS = {
    # as exports of 2014 to 2017 have it, and of 2024; then what tools make of them
    "with datetime": (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "20,Wed Jun 18 08:16:54 WIB 2014,4,7,1\n10,Wed Jun 18 08:16:44 WIB 2014,4,7,-1\n"
    ),
    "without datetime": "timestamp,comment-id,voter-id,vote\n20,4,7,1\n10,4,7,-1\n",
    "with importance": (
        "timestamp,datetime,comment-id,voter-id,vote,important\n20,x,4,7,1,TRUE\n10,x,4,7,-1,\n"
    ),
    "in another order": "vote,important,voter_id,comment_id,created,timestamp\n"
    "1,0.5,7,4,2024-09-20 14:29:43,20\n-1,,7,4,2024-09-20 14:29:33,10\n",
    "quoted": '"timestamp","comment-id","voter-id","vote"\n"20","4","7","1"\n"10","4","7","-1"\n',
    "of a spreadsheet": "\ufeffTimestamp,Comment ID,Voter ID,Vote\r\n20,4,7,1\r\n10,4,7,-1\r\n",
    "of a data frame": ",timestamp,comment-id,voter-id,vote\n0,20,4,7.0,1.0\n1,10,4,7.0,-1.0\n",
    "with blank lines": "timestamp,comment-id,voter-id,vote\n\n20,4,7,1\n\n10,4,7,-1\n\n",
    "without a last newline": "timestamp,comment-id,voter-id,vote\n20,4,7,1\n10,4,7,-1",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_votes_of_every_layout_are_read_alike(folder, layout):
    export = read_export(folder(votes=LAYOUTS[layout]))

    assert export.log.timestamp.tolist() == [20, 10]
    assert export.log.stance.tolist() == [1, -1]
    votes = export.votes()
    assert (votes.voice_ids.tolist(), votes.statement_ids.tolist()) == ([7], [4])
    assert votes.stance.tolist() == [1]


@pytest.mark.parametrize(
    "comments",
    [
        pytest.param(
            "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,"
            "group-informed-consensus,comment-body\n"
            '1,4,0,57,0,1,false,true,0.68,"Welcome,\nall"\n2,5,,0,0,-1,true,false,0.1,"“b”"\n',
            id="2024",
        ),
        pytest.param(
            "comment-id,is_meta,moderated,importance,created,comment-body\n"
            '4,FALSE,1,0.2,2024-01-01,"Welcome,\nall"\n5,TRUE,-1,,2024-01-02,“b”\n',
            id="underscores and new columns",
        ),
        pytest.param(
            "\ufeffComment-Body,Is Meta,Moderated,Comment ID,,\r\n"
            '"Welcome,\nall",False,1.0,4,,\r\n“b”,True,-1.0,5,,\r\n',
            id="spreadsheet",
        ),
        pytest.param(
            ",comment-id,agrees,moderated,is-meta,comment-body\n"
            '0,4,NaN,1.0,0.0,"Welcome,\nall"\n1,5,,-1.0,1.0,“b”\n',
            id="data frame",
        ),
    ],
)
def test_comments_of_every_layout_are_read_alike(folder, comments):
    export = read_export(folder(votes="comment-id,voter-id,vote\n4,7,1\n", comments=comments))

    assert [one.body for one in export.comments] == ["Welcome,\nall", "“b”"]
    votes = export.votes()
    assert (votes.mod.tolist(), votes.is_meta.tolist()) == ([1, -1], [False, True])


def test_comments_without_marks_are_neither_moderated_nor_meta(folder):
    path = folder(votes=VOTES, comments="comment-id,comment-body\n1,a\n")

    votes = read_export(path).votes()

    assert (votes.mod.tolist(), votes.is_meta.tolist()) == ([0], [False])


@pytest.mark.parametrize(
    ("participants", "groups"),
    [
        pytest.param("participant,group-id,n-votes,4,5\n7,1,2,1,-1\n8,,1,1,\n", [1, -1], id="2014"),
        pytest.param("participant,xid,group-id,4\n7,,0,1\n8,ann,,1\n", [0, -1], id="xid"),
        pytest.param("group_id,participant\n2.0,7\nNaN,8\n", [2, -1], id="data frame"),
        pytest.param("participant,n-comments\n7,0\n8,\n", [-1, -1], id="no groups"),
        pytest.param("participant,group-id\n8,3\n", [-1, 3], id="not everybody"),
    ],
)
def test_participants_of_every_layout_give_their_groups(folder, participants, groups):
    path = folder(votes="comment-id,voter-id,vote\n4,7,1\n4,8,0\n", participants_votes=participants)

    export = read_export(path)

    assert export.groups(export.votes()).tolist() == groups


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("topic,Ports\nurl,x\n", {"topic": "Ports", "url": "x"}),
        ('\ufeffconversation-description,"a,\nb"\r\n', {"conversation-description": "a,\nb"}),
        ("", {}),
    ],
)
def test_a_summary_may_lack_keys(folder, summary, expected):
    assert read_export(folder(votes=VOTES, summary=summary)).summary == expected


@pytest.mark.parametrize(
    ("files", "message"),
    [
        pytest.param(
            {}, r"votes.csv: no such file; the CSV files of the folder are: none", id="empty folder"
        ),
        pytest.param(
            {"votes": "id,text,score\n1,a,3\n"},
            r"votes.csv, line 1: no column comment-id .* The header reads: id, text, score",
            id="another tool",
        ),
        pytest.param({"votes": ""}, r"votes.csv, line 1: no column .* nothing", id="empty file"),
        pytest.param(
            {"votes": "id;category;title/fr;body/fr;votes\n1;Ports;Un port;Oui;3\n"},
            "line 1: no column comment-id .* The header reads: id, category, title/fr",
            id="Decidim",
        ),
        pytest.param(
            {"votes": '"id","submitdate","lastpage","Q01[SQ001]"\n"1","","2","A1"\n'},
            "line 1: no column comment-id .* The header reads: id, submitdate, lastpage",
            id="LimeSurvey",
        ),
        pytest.param(
            {"votes": "ID,Proposal title,Proposal state,Speaker names\nXYZ,Ports,accepted,Ada\n"},
            "line 1: no column comment-id .* ID, Proposal title",
            id="pretalx",
        ),
        pytest.param({"votes": "a\rb\r1\r"}, "line 1: the header cannot be read", id="old Mac"),
        pytest.param(
            {"votes": VOTES + '"1",1,1\n1,2,1\n\n1,3,7\n'}, "line 6: vote must be 1", id="vote 7"
        ),
        pytest.param({"votes": VOTES + "1,2,0.5\n"}, "line 3: vote must be a whole", id="half"),
        pytest.param(
            {"votes": "vote,vote,comment-id,voter-id\n"}, "column vote is there twice", id="twice"
        ),
        pytest.param({"votes": VOTES + "1,2,2\n"}, "line 3: vote must be 1 .* not 2", id="vote 2"),
        pytest.param({"votes": VOTES + "1,2\n"}, "line 3: 2 fields where the header", id="short"),
        pytest.param({"votes": VOTES + "1,2,\n"}, "line 3: vote must be a whole", id="no vote"),
        pytest.param({"votes": VOTES + "\n1,x,1\n"}, "line 4: voter-id .* 'x'", id="blank before"),
        pytest.param({"votes": VOTES + '"1,1,1\n'}, "line 3: unexpected end", id="open quote"),
        pytest.param({"votes": VOTES.encode() + b"\xff,1,1\n"}, "line 3: .* UTF-8", id="bytes"),
        pytest.param({"votes": b"\xff\n"}, "line 1: .* UTF-8", id="bytes in the header"),
        pytest.param(
            {"votes": VOTES, "comments": "comment-id\n1\n1\n"},
            "comments.csv, line 3: comment 1 is listed twice",
            id="comment twice",
        ),
        pytest.param(
            {"votes": VOTES, "comments": 'comment-id,comment-body,moderated\n1,"a\nb",1\n2,c,4\n'},
            "comments.csv, line 4: moderated must be 1, 0 or -1, not 4",
            id="moderation",
        ),
        pytest.param(
            {"votes": VOTES, "comments": "comment-id,is-meta\n1,perhaps\n"},
            "line 2: is-meta must be True or False, not 'perhaps'",
            id="meta",
        ),
        pytest.param(
            {"votes": VOTES, "comments": "comment-id,agrees\n1\n"}, "line 2: 1 fields", id="width"
        ),
        pytest.param(
            {"votes": VOTES, "comments": b"comment-id,comment-body\n1,\xe9t\xe9\n"},
            "comments.csv, line 2: this is not UTF-8",
            id="latin",
        ),
        pytest.param(
            {"votes": VOTES, "participants_votes": "participant\n1\n1\n"},
            "participants-votes.csv, line 3: participant 1 is listed twice",
            id="participant twice",
        ),
        pytest.param(
            {"votes": VOTES, "summary": "topic,a\nurl\n"},
            "summary.csv, line 2: 1 fields where there must be two",
            id="summary",
        ),
    ],
)
def test_read_export_names_file_and_line(folder, files, message):
    with pytest.raises(BadExport, match=message):
        read_export(folder(**files))


def test_read_export_wants_a_folder_or_a_file(folder):
    path = folder(votes=VOTES, comments="comment-id\n1\n9\n")

    assert read_export(path / "votes.csv").votes().statement_ids.tolist() == [1]
    assert read_export(path).votes().statement_ids.tolist() == [1, 9]
    with pytest.raises(BadExport, match=r"nowhere: no such folder"):
        read_export(path / "nowhere")


@pytest.mark.parametrize("given", [None, b"votes", {"votes": []}])
def test_read_export_says_where_votes_in_memory_go(given):
    with pytest.raises(TypeError, match=r"by its folder or file, not .* Votes\.from_events"):
        read_export(given)


def test_an_export_without_votes_has_none_to_fold(folder):
    export = read_export(folder(votes="comment-id,voter-id,vote\n"))

    with pytest.raises(BadExport, match=r"votes\.csv: there are no votes, only a header"):
        export.votes()


@pytest.mark.parametrize(("broken", "said"), [("3,4", "2 fields"), ("3,4,5", "vote must be 1")])
def test_a_broken_line_among_many_is_named(folder, broken, said):
    lines = [f"{i % 7},{i},1\n" for i in range(1_000_000)]
    lines[599_998] = f"{broken}\n"
    path = folder(votes="comment-id,voter-id,vote\n" + "".join(lines))

    with pytest.raises(BadExport, match=f"line 600000: {said}") as caught:
        read_export(path)

    assert (caught.value.path, caught.value.line) == (path / "votes.csv", 600_000)


def test_export_of_our_votes_is_read_back_the_same(tmp_path):
    votes = Votes.from_events(
        [4, 2, 4, 9], [11, 11, 12, 13], [1, -1, 0, 1], mod={12: -1}, is_meta={13: True}
    )

    write_export(
        export_of(
            votes,
            bodies={11: 'Ports, "roads"\nand rail.', 12: "نعم"},
            groups=np.array([0, 1, -1]),
            topic="Ports",
        ),
        tmp_path,
    )

    export = read_export(tmp_path)
    assert export.votes().facts() == votes.facts()
    assert export.votes().arrival.tolist() == votes.arrival.tolist()
    assert [one.body for one in export.comments] == ['Ports, "roads"\nand rail.', "نعم", ""]
    assert export.groups(votes).tolist() == [0, 1, -1]
    assert export.summary["groups"] == "2"


def test_export_of_writes_times_when_it_has_them(tmp_path):
    votes = Votes.from_events([1, 2], [5, 5], [1, 0])

    write_export(export_of(votes, timestamps=np.array([1403054214196, 0])), tmp_path)

    assert records(tmp_path / "votes.csv")[1:] == [
        ["1403054214196", "Wed Jun 18 01:16:54 UTC 2014", "5", "1", "1"],
        ["0", "Thu Jan 01 00:00:00 UTC 1970", "5", "2", "0"],
    ]


@pytest.mark.parametrize(
    ("votes", "extra", "message"),
    [
        (Votes.from_events(["a"], [1], [1]), {}, "text ids"),
        (Votes.from_events([1], [1], [1]), {"groups": np.array([0, 1])}, "each of the 1 voices"),
        (Votes.from_events([1], [1], [1]), {"timestamps": np.zeros(2)}, "each of the 1 votes"),
    ],
)
def test_export_of_refuses(votes, extra, message):
    with pytest.raises(BadVotes, match=message):
        export_of(votes, **extra)
