import { type Owner, type UpdatesFrame, updatesFrame } from './updates-frame.view.ts'

export interface NoteView extends UpdatesFrame {
  readonly says: readonly string[]
  readonly button: { readonly action: string; readonly text: string } | null
  readonly links: readonly { readonly href: string; readonly text: string }[]
}

/** One thing is said, and there is one thing to do at most. */
export function noteView(
  owner: Owner | null,
  heading: string,
  says: readonly string[],
  more: Partial<Pick<NoteView, 'button' | 'links'>> = {},
): NoteView {
  return { ...updatesFrame(owner, heading), says, button: more.button ?? null, links: more.links ?? [] }
}
