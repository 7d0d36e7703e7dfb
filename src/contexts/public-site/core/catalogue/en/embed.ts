/** For whoever looks after the council's own website. */
export const embed = {
  'embed.title': 'Show what works now on another website: {organisation}',
  'embed.heading': 'Show what works now on your own website',
  'embed.what':
    'While all services run as usual, this shows a plain link and nothing else. When services have stopped or are limited, it says so in a box, and by when you will hear more.',
  'embed.copy': 'Copy this',
  'embed.where': 'Put it where the message should stand, such as at the start of the main part of each page.',
  'embed.policy': 'If your website has a Content-Security-Policy',
  'embed.policy.text': 'Add this address to {scripts} and to {connections}:',
  'embed.policy.style': 'It needs no permission for styles, and puts no HTML into your page: only text and one link.',
  'embed.hash': 'The integrity hash',
  'embed.hash.text':
    'Browsers run the script only if it is exactly the one that the hash names. Address and hash stay valid. A later script gets an address of its own, so nothing changes on your website until you copy it anew.',
  'embed.fails': 'When our page cannot be reached',
  'embed.fails.text':
    'The message then says that it cannot tell. It also says when what it tells may be out of date. The plain link stands also where no scripts run.',
  'embed.data': 'The facts behind it, for programs of your own',
} as const
