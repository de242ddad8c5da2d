/** Dialogs take 200 ms to close, and then give the focus back. */
const closedMs = 300

/** What had the focus may be gone with a change that was made: then it goes to the page, and not to nowhere. */
export function keepFocus(): void {
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('content')?.focus()
  }, closedMs)
}
