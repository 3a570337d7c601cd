"""An answer that refuses what was submitted.

Sent with a status outside 200 to 299. `validation` has the shape of what was submitted, with a message at
each field that failed; `refresh_url` makes the client fetch the step anew first.

Shows: error response, nested validation
Generation: core
"""

from stepdsl import ErrorResponseBody

body = ErrorResponseBody(
    error="Please correct one field.",
    validation={"address": {"postCode": "This post code is not complete."}},
    refresh_url="/recipient-details",
)
