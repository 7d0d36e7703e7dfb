export const statements = {
  'statements.title': 'Statements of {organisation}',
  'statements.heading': 'What we have said',
  'statements.none': 'We have not published a statement yet.',
  'statements.back': 'All statements',

  'statement.title': '{headline}: statement {number} of {organisation}',
  'statement.number': 'Statement {number}',
  'statement.erased': 'The words of this version have been erased.',
  'statement.published': 'Published at {time}.',
  'statement.version': 'Version {version}, published at {time}.',
  'statement.changed': 'What changed: {text}',
  'statement.earlier': 'Earlier versions',
  'statement.superseded': 'A later version replaced this one at {time}.',
  'statement.withdrawn': 'Withdrawn at {time}. Do not rely on it.',
  'statement.inOneLanguage': 'What the council says in statements is in {language} only.',
  'statement.withdrawn.mark': '(withdrawn)',
  'statement.withdrawn.words': 'What it said',
  'statement.due': 'The next update was promised by {time}.',
  'statement.contents': 'On this page',
  'statement.residents': 'For residents',
  'statement.partners': 'For partners',
  'statement.press': 'For the press',
  'statement.services': 'Services that it spoke of',
  'statement.service': '{service}: {level}',
  'statement.now': 'See what works now',

  'part.known': 'What we know',
  'part.notKnown': 'What we do not know yet',
  'part.doing': 'What we are doing',
  'part.advice': 'What you should do',
  'part.next': 'When you will hear more',

  'affected.title': 'Have you been affected? {organisation}',
  'affected.heading': 'Have you been affected?',
  'affected.general':
    'This is general advice for after any incident. That it is here does not mean that your information was taken.',
  'affected.said': 'What the council has said',
  'affected.said.none': 'At {time}, the council had not published a statement for residents.',
  'affected.said.at': 'At {time} the council said:',
  'affected.said.read': 'Read the whole statement',
  'affected.contacted': 'If somebody contacts you',
  'affected.contacted.1':
    'Be careful with calls, texts, e-mails and letters that you did not expect, also if they name your council or know things about you.',
  'affected.contacted.2': 'Do not open links or attachments in them. Never give anybody a password or a code.',
  'affected.contacted.3':
    'If you are not sure that it is the council, end the call. Then contact us by a way that is on our own page.',
  'affected.contacted.4':
    'Forward suspicious e-mails to report@phishing.gov.uk and suspicious texts to 7726. Both are free.',
  'affected.accounts': 'Your accounts and money',
  'affected.accounts.1': 'Change any password that you also used with the council, and do not use it anywhere else.',
  'affected.accounts.2': 'Turn on two-step verification where you can, first for your e-mail.',
  'affected.accounts.3':
    'Check your bank statements. If you see a payment that you do not know, call your bank on the number on your card, or call 159.',
  'affected.accounts.4':
    'If money was taken or somebody used your name, report it to the police’s national fraud service on 0300 123 2040. In danger, call 999.',
  'affected.safety': 'If you are at risk',
  'affected.safety.1':
    'If somebody must not find out where you live, and you fear that they could now, tell the police on 101, or 999 if it is urgent.',
  'affected.safety.2': 'Tell us as well, by a way listed under “How to reach us”.',
  'affected.rights': 'Your rights',
  'affected.rights.1':
    'The council must tell you without delay if a breach is likely to put you at high risk. You do not need to ask for this.',
  'affected.rights.2': 'You can ask the council what it holds about you, and complain to it.',
  'affected.rights.3':
    'If you are not satisfied, you can complain to the Information Commissioner’s Office on 0303 123 1113.',
  'affected.reach': 'How to reach us',
} as const
