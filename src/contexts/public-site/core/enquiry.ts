/** What the press form sends, beside a field that only programs fill in. */
export const ENQUIRY_FIELDS = ['outlet', 'contact', 'question', 'deadline'] as const
export type EnquiryField = (typeof ENQUIRY_FIELDS)[number]
export type Enquiry = Readonly<Record<EnquiryField, string>>

export interface Mistake {
  readonly field: EnquiryField
  readonly mistake: { readonly kind: 'missing' | 'lines' } | { readonly kind: 'long'; readonly most: number }
}

const MOST: Readonly<Record<EnquiryField, number>> = { outlet: 200, contact: 200, question: 4000, deadline: 200 }

export function readEnquiry(form: URLSearchParams): Enquiry {
  const of = (field: EnquiryField) => (form.get(field) ?? '').replaceAll('\r\n', '\n').trim()
  return { outlet: of('outlet'), contact: of('contact'), question: of('question'), deadline: of('deadline') }
}

export function mistakesIn(enquiry: Enquiry): Mistake[] {
  return ENQUIRY_FIELDS.flatMap((field): Mistake[] => {
    const text = enquiry[field]
    if (text === '') return field === 'deadline' ? [] : [{ field, mistake: { kind: 'missing' } }]
    if (text.length > MOST[field]) return [{ field, mistake: { kind: 'long', most: MOST[field] } }]
    return field !== 'question' && text.includes('\n') ? [{ field, mistake: { kind: 'lines' } }] : []
  })
}
