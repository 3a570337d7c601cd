"""An answer that refuses the submitted data.

The server sends it with a status outside 200 to 299. `validation` has the shape of the submitted data, with a
message at each wrong field. `refresh_url` makes the client fetch the step again first.

Shows: error response, nested validation
Generation: core
"""

from stepdsl import ErrorResponseBody

body = ErrorResponseBody(
    error="Please correct one field.",
    validation={"address": {"postCode": "This post code is not complete."}},
    refresh_url="/recipient-details",
)
