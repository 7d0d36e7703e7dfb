// Sends a kept form on after its owner has proven who they are; without scripts the button does.
const form = document.querySelector<HTMLFormElement>('#carried')
form?.requestSubmit()

export {}
