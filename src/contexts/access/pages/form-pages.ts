import { type Done, type Page, type PageAnswer, type PageRequest, page } from '#command'
import { isRefusal, type Refusal, ROLES, type Role } from '#kernel'
import { type Field, formErrors } from '#platform/views'
import { refuse } from '../core/refusals.ts'
import { findByCode } from '../projections/people.ts'
import { expiryOf, lastingField, rolesField } from './lasting.ts'
import type { PeopleField } from './people-form.view.ts'
import { views } from './views.ts'

interface Form {
  readonly path: string
  readonly roles: readonly Role[]
  readonly stepUp: boolean
  readonly heading: string
  readonly says: readonly string[]
  readonly button: string
  readonly warning?: boolean
  /** Where the page came from, below the organisation. */
  readonly back: string
  /** Where each part of the command's input was typed. */
  readonly places: Readonly<Record<string, Exclude<Field, string>>>
  /** Pointers of what may not be left empty. */
  readonly needed: readonly string[]
  readonly navigation?: NonNullable<Page['navigation']>
  readonly fields: (
    typed: URLSearchParams,
    wrong: (pointer: string) => { readonly text: string } | undefined,
  ) => PeopleField[]
  readonly give: (form: URLSearchParams, request: PageRequest) => Promise<{ outcome: Done | Refusal; next: string }>
}

/** A form by GET; given by POST, and shown again with all that was typed where it is refused. */
function formPages(declared: Form): Page[] {
  const { path, roles, stepUp, heading, says, button, warning = false, places, needed, fields, give } = declared
  const navigation = declared.navigation ? { navigation: declared.navigation } : {}
  const show = ({ frame, form, organisation }: PageRequest, refusal: Refusal | null): PageAnswer => {
    const errors = refusal && formErrors(refusal, places)
    const html = views.render('people-form.njk', {
      frame,
      title: errors ? `Error: ${heading}` : heading,
      heading,
      says,
      back: `/console/${organisation}${declared.back}`,
      errors: errors?.summary ?? null,
      fields: fields(form ?? new URLSearchParams(), (pointer) => errors?.at(pointer)),
      button,
      warning,
    })
    return refusal ? { html, status: 422 } : { html }
  }
  return [
    page({ method: 'GET', path, roles, ...navigation, handle: (request) => show(request, null) }),
    page({
      method: 'POST',
      path,
      roles,
      stepUp,
      async handle(request) {
        const empty = needed.filter((pointer) => !request.form!.get(places[pointer]!.id)?.trim())
        if (empty.length > 0)
          return show(request, refuse('form-not-filled', 'Fill in what is missing.', empty.map(isNeeded)))
        const { outcome, next } = await give(request.form!, request)
        return isRefusal(outcome) ? show(request, outcome) : { redirect: `/console/${request.organisation}${next}` }
      },
    }),
  ]
}

const isNeeded = (pointer: string) => ({ pointer, detail: 'is needed' })
const error = (wrong: { readonly text: string } | undefined) => (wrong ? { errorMessage: wrong } : {})

const add = formPages({
  path: '/people/add',
  roles: ['admin'],
  stepUp: true,
  heading: 'Add a person',
  says: ['Next you give them a link, on paper or by phone, with which they set up how they sign in.'],
  button: 'Add',
  back: '/people',
  places: { '/name': { id: 'name', label: 'Name' }, '/roles': { id: 'role', label: 'Roles' } },
  needed: ['/name'],
  fields: (typed, wrong) => [
    {
      input: {
        id: 'name',
        name: 'name',
        label: { text: 'Name' },
        value: typed.get('name') ?? '',
        autocomplete: 'off',
        ...error(wrong('/name')),
      },
    },
    { checkboxes: rolesField(typed.getAll('role'), wrong('/roles')) },
    { select: lastingField(typed.get('lasting') ?? '') },
  ],
  async give(form, { give, now }) {
    const roles = form.getAll('role').map((role) => ({ role, ...expiryOf(form, now) }))
    const outcome = (await give('access.add-person', { name: form.get('name')?.trim() ?? '', roles })) as Done | Refusal
    return { outcome, next: isRefusal(outcome) ? '' : `/people/${outcome.person as string}` }
  },
})

/** People who are at home in another organisation, lent for a while. */
const lend = formPages({
  path: '/people/from-elsewhere',
  roles: ['admin'],
  stepUp: true,
  heading: 'Give a role to somebody from another organisation',
  says: [
    'For mutual aid. They sign in as at home, and tell you their sign-in code: it is on their page "How you sign in".',
  ],
  button: 'Give the role',
  back: '/people',
  places: { '/person': { id: 'who', label: 'Sign-in code' }, '/role': { id: 'role', label: 'Role' } },
  needed: ['/person'],
  fields: (typed, wrong) => [
    {
      input: {
        id: 'who',
        name: 'who',
        label: { text: 'Their sign-in code' },
        hint: { text: '8 letters and digits' },
        classes: 'govuk-input--width-10',
        value: typed.get('who') ?? '',
        autocomplete: 'off',
        ...error(wrong('/person')),
      },
    },
    {
      select: {
        id: 'role',
        name: 'role',
        label: { text: 'Role' },
        value: typed.get('role') ?? '',
        items: ROLES.map((value) => ({ value, text: value })),
        ...error(wrong('/role')),
      },
    },
    { select: lastingField(typed.get('lasting') ?? '3d') },
  ],
  async give(form, { give, models, now }) {
    const person = findByCode(models, form.get('who') ?? '')?.person.id
    if (person === undefined) {
      const errors = [{ pointer: '/person', detail: 'belongs to nobody: check it with them' }]
      return { outcome: refuse('unknown-person', 'Check the sign-in code with them.', errors), next: '' }
    }
    const input = { person, role: form.get('role'), ...expiryOf(form, now) }
    return { outcome: (await give('access.grant-role', input)) as Done | Refusal, next: `/people/${person}` }
  },
})

const breakGlass = formPages({
  path: '/break-glass',
  roles: ROLES,
  stepUp: true,
  heading: 'Take command in an emergency',
  says: [
    'If nobody who may command can be reached, you can give yourself the role tactical for 4 hours.',
    'Your name and your reason go into the journal, and every admin sees them.',
  ],
  button: 'Take command for 4 hours',
  warning: true,
  back: '',
  places: { '/reason': { id: 'reason', label: 'The reason' } },
  needed: ['/reason'],
  navigation: { text: 'Emergency access', order: 90 },
  fields: (typed, wrong) => [
    {
      textarea: {
        id: 'reason',
        name: 'reason',
        label: { text: 'Why is this needed?' },
        value: typed.get('reason') ?? '',
        ...error(wrong('/reason')),
      },
    },
  ],
  async give(form, { give }) {
    const outcome = await give('access.break-glass', { reason: form.get('reason') ?? '' })
    return { outcome: outcome as Done | Refusal, next: '' }
  },
})

export const peopleForms: readonly Page[] = [...add, ...lend, ...breakGlass]
