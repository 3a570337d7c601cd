"""Upload several files.

A list whose items are persisted blobs is shown as an upload of several files. `min_items` and `max_items` limit
the number of files. Each file is sent to `/files` separately, and the step submits the array of the returned ids.
The two titles of a list are required, but an upload does not show them.

Shows: several files, list, blob, persist-async, timeout
Generation: core2
"""

from stepdsl import Action, Step

with Step.build(id="receipts", title="Your receipts") as receipts:
    with receipts.schemas() as schemas:
        with schemas.obj(id="#receipts") as form:
            form.required = ["receipts"]
            with form.properties() as properties:
                with properties.list("receipts", title="Receipts", min_items=1, max_items=10) as files:
                    files.description = "One file for each receipt, ten at most."
                    files.add_item_title = "Add a receipt"
                    files.edit_item_title = "Replace the receipt"
                    with files.items.string() as file_id:
                        with file_id.persist_async(url="/files", param="file", id_property="fileId") as persist:
                            persist.schema.blob(title="Receipt", accepts=["image/*", "application/pdf"])
    with receipts.layout() as layout:
        layout.form(schema_id="#receipts")
    with receipts.footer() as footer:
        footer.button(title="Send", control="primary").behavior.action(action=Action(url="/receipts", timeout=60))

step = receipts.built
