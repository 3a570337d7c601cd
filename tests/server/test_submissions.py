"""Reads valid and invalid submissions, without a framework."""

from __future__ import annotations

import io
import pickle

import pytest

from stepdsl import InvalidValueError, Step, StepDslError, server
from stepdsl.server import FlowResponse, SubmissionError
from stepdsl.server import submissions as module
from stepdsl.server.submissions import Body


def parse(raw: bytes, content_type: str | None = "application/json", max_bytes: int = server.MAX_BYTES) -> object:
    body = Body(max_bytes)
    body.feed_all(io.BytesIO(raw).read)
    return body.parse(content_type)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b" [1.5, null, true]\n", [1.5, None, True]),
        ('"ä"'.encode(), "ä"),
        (b"0", 0),
        (b"null", None),
        (b"[" * 64 + b"]" * 64, None),
        (b'{"a":' * 64 + b"1" + b"}" * 64, None),
    ],
)
def test_json_is_read(raw, value):
    got = parse(raw)
    assert value is None or got == value


@pytest.mark.parametrize(
    "content_type",
    [
        None,
        "",
        "application/json",
        "Application/JSON",
        " application/json ; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/json; charset = utf8",
        "application/json; charset=us-ascii",
        "application/json; profile=x",
        "application/json;",
        "application/merge-patch+json",
        "application/vnd.bank.v1+json; charset=utf-8",
    ],
)
def test_each_content_type_of_json_is_accepted(content_type):
    assert parse(b'{"a":"\xc3\xa4"}', content_type) == {"a": "ä"}


REFUSED = {
    "nothing": (b"", "application/json", 400, "expected a JSON body, got none"),
    "nothing of another type": (b"", "text/plain", 400, "expected a JSON body, got none"),
    "white space": (b" \r\n", "application/json", 400, "expected a JSON body, got none"),
    "text": (b"iban=DE", "application/json", 400, "no JSON: Expecting value: line 1 column 1 (char 0)"),
    "half": (b'{"a": 1', "application/json", 400, "no JSON: Expecting ',' delimiter: line 1 column 8 (char 7)"),
    "twice": (b"{} {}", "application/json", 400, "no JSON: Extra data: line 1 column 4 (char 3)"),
    "NaN": (b"[NaN]", "application/json", 400, "no JSON: NaN is not allowed"),
    "a huge number": (
        b"[1" + b"0" * 10000 + b"]",
        "application/json",
        400,
        "[0]: expected an integer of at most 64 bits, got a huge integer",
    ),
    "an integer of 65 bits": (
        b'{"a": {"b": 18446744073709551616}}',
        "application/json",
        400,
        "a.b: expected an integer of at most 64 bits, got 18446744073709551616",
    ),
    "a lone surrogate": (
        b'["\\ud800"]',
        "application/json",
        400,
        "[0]: expected a string, got one with a lone surrogate, which UTF-8 cannot represent",
    ),
    "Latin-1": (b'{"a":"\xe4"}', "application/json", 400, "no JSON: not UTF-8 at byte 6"),
    "UTF-16": ("{}".encode("utf-16"), "application/json", 400, "no JSON: not UTF-8 at byte 0"),
    "nested 65 deep": (b"[" * 65 + b"]" * 65, "application/json", 400, "expected at most 64 levels of nesting"),
    "objects and lists, 66 deep": (
        b'{"a":[' * 33 + b"]}" * 33,
        "application/json",
        400,
        "expected at most 64 levels of nesting",
    ),
    "nested 101 deep": (b"[" * 101 + b"]" * 101, "application/json", 400, "JSON values nest at most 100 deep"),
    "nested 100,000 deep": (b"[" * 100_000 + b"]" * 100_000, "application/json", 400, "nested too deeply"),
    "100,000 open objects": (b'{"a":' * 100_000, "application/json", 400, "nested too deeply"),
    "another type": (
        b"{}",
        "text/plain",
        415,
        "expected a body of application/json, got 'text/plain'",
    ),
    "a form": (
        b"a=1",
        "application/x-www-form-urlencoded",
        415,
        "expected a body of application/json, got 'application/x-www-form-urlencoded'",
    ),
    "a type that only begins so": (
        b"{}",
        "application/json-seq",
        415,
        "expected a body of application/json, got 'application/json-seq'",
    ),
    "an invalid type": (b"{}", "a\nb", 415, r"expected a body of application/json, got 'a\nb'"),
    "another charset": (
        b"{}",
        "application/json; charset=iso-8859-1",
        415,
        "expected a body in UTF-8, got 'iso-8859-1'",
    ),
    "no charset": (b"{}", "application/json; charset=", 415, "expected a body in UTF-8, got ''"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_invalid_submission_is_refused(name):
    raw, content_type, status, reason = REFUSED[name]
    with pytest.raises(SubmissionError) as refused:
        parse(raw, content_type)
    assert (refused.value.status, refused.value.reason, str(refused.value)) == (status, reason, reason)
    assert refused.value.response == server.error(reason, status=status)


def test_a_flow_can_put_the_deepest_submission_into_a_step_and_a_result():
    deepest = parse(b"[" * 64 + b"]" * 64)
    assert server.step(Step(model={"form": {"part": deepest}})).status == 200
    assert server.exit({"form": [deepest]}).status == 200


def test_a_long_message_is_cut_to_500_characters():
    many = b"[" + b",".join([b'"\\ud800"'] * 1000) + b"]"
    with pytest.raises(SubmissionError) as refused:
        parse(many)
    assert len(str(refused.value)) == 500


def test_a_body_above_the_size_limit_is_refused():
    assert parse(b"[1,2,3,4]", max_bytes=9) == [1, 2, 3, 4]
    with pytest.raises(SubmissionError) as refused:
        parse(b"[1,2,3,4] ", max_bytes=9)
    assert refused.value.response == FlowResponse(
        413, {"Content-Type": "application/json"}, b'{"error":"expected at most 9 bytes"}'
    )
    with pytest.raises(SubmissionError, match="expected at most 9 bytes"):
        parse(b"[1,2,3,4] ", "text/plain", max_bytes=9)


def test_a_body_that_is_too_large_is_read_up_to_a_second_limit_and_not_stored():
    body = Body(2**20)  # the first piece has this size
    piece = bytes(2**20)
    assert [body.feed(piece) for _ in range(257)] == [True] * 256 + [False]
    assert body._received == b""


def test_reading_stops_at_the_second_limit(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_MAX_DROPPED", 100_000)
    stream = io.BytesIO(bytes(1_000_000))
    body = Body(10)
    body.feed_all(stream.read)
    assert stream.tell() == 2 * 65_536
    with pytest.raises(SubmissionError, match="expected at most 10 bytes"):
        body.parse(None)


def test_a_limit_of_0_refuses_every_body():
    with pytest.raises(SubmissionError, match="expected a JSON body, got none"):
        parse(b"", max_bytes=0)
    with pytest.raises(SubmissionError, match="expected at most 0 bytes"):
        parse(b"1", max_bytes=0)


def test_a_negative_limit_is_refused():
    with pytest.raises(InvalidValueError) as refused:
        Body(-1)
    assert str(refused.value) == "max_bytes: expected 0 bytes or more, got -1"


def test_a_limit_is_an_integer():
    with pytest.raises(InvalidValueError) as refused:
        Body(1e6)  # type: ignore[arg-type]
    assert str(refused.value) == "max_bytes: expected 0 bytes or more, got 1000000.0; write 1000000"


def test_a_submission_error_pickles():
    error = pickle.loads(pickle.dumps(SubmissionError(413, "too large")))
    assert isinstance(error, StepDslError)
    assert (type(error), error.status, error.reason, str(error)) == (SubmissionError, 413, "too large", "too large")
    assert error.response == server.error("too large", status=413)


def test_a_submission_error_can_have_messages_for_fields():
    error = pickle.loads(
        pickle.dumps(SubmissionError(422, "the name is missing", {"holder.name": "Your name, please."}))
    )
    assert (str(error), error.validation) == ("the name is missing", {"holder.name": "Your name, please."})
    assert error.response == server.error(validation={"holder.name": "Your name, please."})


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        ((200, "No."), "status: expected 400 to 599, got 200"),
        ((422, 5), "message: expected a string, got 5"),
    ],
)
def test_an_error_that_no_answer_can_have_is_refused_where_it_is_made(arguments, text):
    with pytest.raises(InvalidValueError) as refused:
        SubmissionError(*arguments)
    assert str(refused.value) == text
