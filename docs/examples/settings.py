"""Settings in tabs and sections.

Tabs show one group of layouts at a time. A section gives a title to a part of a screen, and a call to action
with which the user can change it. A tab or a section can contain a form. All forms of a step are submitted together,
also the forms in tabs that are not open.

Shows: tabs, sections, call to action, forms in tabs, model
Generation: core2
"""

from stepdsl import Action, ActionBehavior, SectionLayout, Step

with Step.build(id="settings", title="Settings") as settings:
    settings.model = {"language": "en", "email": True, "push": False}
    with settings.schemas() as schemas:
        with schemas.obj(id="#language") as language_form:
            with language_form.properties() as properties:
                with properties.one_of("language", title="Language") as language:
                    with language.schemas() as languages:
                        languages.const(value="en", title="English")
                        languages.const(value="de", title="Deutsch")
        with schemas.obj(id="#messages") as messages_form:
            with messages_form.properties() as properties:
                properties.boolean("email", title="By e-mail")
                properties.boolean("push", title="On this phone")
    with settings.layout() as layout:
        with layout.tabs() as tabs:
            with tabs.items() as items:
                with items.item(title="You") as you:
                    with you.components() as components:
                        with components.section(title="Name") as name:
                            name.call_to_action = SectionLayout.CallToAction(
                                title="Change", behavior=ActionBehavior(action=Action(url="/name", method="GET"))
                            )
                            name.components().paragraph(text="Ada Byron")
                        with components.section(title="Language") as section:
                            section.components().form(schema_id="#language")
                with items.item(title="Messages") as messages:
                    messages.components().form(schema_id="#messages")
    with settings.footer() as footer:
        footer.button(title="Save", control="primary").behavior.action(action=Action(url="/settings"))

step = settings.built
