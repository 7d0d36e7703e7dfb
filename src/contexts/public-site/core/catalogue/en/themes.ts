export const themes = {
  'theme.bins': 'Bins and streets',
  'theme.housing': 'Housing',
  'theme.money': 'Council tax and benefits',
  'theme.care': 'Care and support',
  'theme.children': 'Schools and children',
  'theme.planning': 'Planning and building',
  'theme.life-events': 'Births, deaths and marriages',
  'theme.travel': 'Parking and travel',
  'theme.business': 'Business and licences',
  'theme.leisure': 'Libraries and leisure',
  'theme.contact': 'Contacting us',
  'theme.council': 'Voting, and how the council runs',
} as const
