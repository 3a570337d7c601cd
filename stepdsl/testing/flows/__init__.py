"""The headless client: what a user does in a flow, without a screen."""
