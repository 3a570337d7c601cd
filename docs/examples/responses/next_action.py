"""An answer with an action that the client performs at once.

The server sends it with the header `X-DF-Response-Type: action`, as the answer to a submission or to a polling
request. The client performs the action without showing anything, and submits only the `data` of the action.

Shows: action response
Generation: core
"""

from stepdsl import Action, ActionResponseBody

body = ActionResponseBody(action=Action(url="/transfers/20417/receipt", data={"approved": True}))
