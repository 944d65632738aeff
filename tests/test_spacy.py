"""The spaCy component: found by name, spans in place, saved and shown."""

import datetime
import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import DocBin

import vnpolicy

TEXT = (
    "THÔNG BÁO\r\nVề việc cấp nước\r\n\r\n"
    "  Giao Bộ Y tế  chủ trì\u00a0trình Nghị định số 12/2023/NĐ-CP\n"
    "trước ngày 20/8, phấn đấu đạt ít nhất 35%.\t\n"
)
PIPELINES = {
    "xx": {},
    "vi": {"nlp": {"tokenizer": {"use_pyvi": False}}},
}


@pytest.fixture(params=PIPELINES)
def nlp(request: pytest.FixtureRequest) -> Language:
    pipeline = spacy.blank(request.param, config=PIPELINES[request.param])
    pipeline.add_pipe("vnpolicy", config={"anchor_date": "2024-02-01"})
    return pipeline


def test_the_notice_is_that_of_the_text(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert doc.text == TEXT
    assert doc._.vnpolicy == vnpolicy.extract(TEXT, anchor_date=datetime.date(2024, 2, 1))
    assert doc._.vnpolicy.text == doc.text


def test_every_record_has_its_span(nlp: Language) -> None:
    doc = nlp(TEXT)
    notice = doc._.vnpolicy
    found = {(span.label_, span.id_) for span in doc.spans["vnpolicy"]}
    assert {"TASK", "REFERENCE", "DEADLINE", "QUANTITY", "ASSIGNEE"} == {one for one, _ in found}
    assert ("TASK", notice.tasks[0].id) in found
    assert ("REFERENCE", notice.references[0].id) in found
    for label, records in (("DEADLINE", notice.deadlines), ("ASSIGNEE", notice.assignees)):
        spans = [span for span in doc.spans["vnpolicy"] if span.label_ == label]
        for span, record in zip(spans, records, strict=True):
            assert record.text in span.text
            assert span.start_char <= record.span.start < record.span.end <= span.end_char


def test_docs_are_saved_and_read(nlp: Language) -> None:
    doc = nlp(TEXT)
    data = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(data).get_docs(nlp.vocab)
    assert again._.vnpolicy == doc._.vnpolicy
    assert [(s.label_, s.start, s.end, s.id_) for s in again.spans["vnpolicy"]] == [
        (s.label_, s.start, s.end, s.id_) for s in doc.spans["vnpolicy"]
    ]


def test_a_pipeline_is_saved_and_read(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path)
    again = spacy.load(tmp_path)
    assert again(TEXT)._.vnpolicy == nlp(TEXT)._.vnpolicy


def test_displacy_shows_the_spans(nlp: Language) -> None:
    options = {"spans_key": "vnpolicy"}
    html = displacy.render(nlp(TEXT), style="span", options=options, jupyter=False)
    assert "DEADLINE" in html


def test_a_doc_without_the_component_has_no_notice() -> None:
    assert spacy.blank("xx")(TEXT)._.vnpolicy is None


def test_an_empty_text_is_a_notice_without_records(nlp: Language) -> None:
    assert nlp("")._.vnpolicy.tasks == []


def test_it_is_found_by_name_alone() -> None:
    code = "import spacy; spacy.blank('xx').add_pipe('vnpolicy'); print('found')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout == "found\n", done.stderr


def test_a_wrong_anchor_date_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="2024-31-01"):
        spacy.blank("xx").add_pipe("vnpolicy", config={"anchor_date": "2024-31-01"})
