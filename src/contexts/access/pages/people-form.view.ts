import type { Frame } from '#command'
import type {
  CheckboxesOptions,
  ErrorSummaryOptions,
  InputOptions,
  SafeHtml,
  SelectOptions,
  TextareaOptions,
} from '#platform/views'

/** The options of one macro: the template takes the one that is there. */
export interface PeopleField {
  readonly input?: InputOptions
  readonly textarea?: TextareaOptions
  readonly select?: SelectOptions
  readonly checkboxes?: CheckboxesOptions
}

/** A form of this room: add a person, take in one from elsewhere, break glass. */
export interface PeopleFormPage {
  readonly frame: Frame
  readonly title: string
  readonly heading: string
  readonly says: readonly string[]
  readonly back: string
  readonly errors: ErrorSummaryOptions | null
  readonly fields: readonly PeopleField[]
  readonly button: string
  readonly warning: boolean
}

/** A link that is shown this once. */
export interface LinkPage {
  readonly frame: Frame
  readonly title: string
  readonly name: string
  readonly href: string
  readonly picture: SafeHtml
  readonly back: string
}
