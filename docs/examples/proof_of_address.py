"""Upload a file.

A blob is only allowed inside `persist_async`. As soon as the user chooses a file, the client sends it to
`/files`, as multipart form data under the name `file`. The answer, such as `{"fileId": "f-18"}`, contains the
value that the step submits instead of the file: `{"proofOfAddress": "f-18"}`.

Shows: file upload, blob, persist-async
Generation: core
"""

from stepdsl import BlobSchema, PersistAsync, Step

with Step.build(id="proof-of-address", title="Proof of your address") as proof:
    with proof.schemas() as schemas:
        with schemas.obj(id="#proof") as form:
            form.required = ["proofOfAddress"]
            with form.properties() as properties:
                with properties.string("proofOfAddress") as file_id:
                    file_id.persist_async = PersistAsync(
                        url="/files",
                        param="file",
                        id_property="fileId",
                        schema=BlobSchema(
                            title="A bill or a bank statement",
                            description="Not older than three months.",
                            accepts=["application/pdf", "image/*"],
                            max_size=5_000_000,
                            validation_messages={
                                "accepts": "We can read PDF files and pictures.",
                                "maxSize": "The file may have up to 5 MB.",
                            },
                        ),
                    )
    with proof.layout() as layout:
        layout.form(schema_id="#proof")
        layout.button(title="Continue", control="primary").action(url="/proof-of-address")

step = proof.built
