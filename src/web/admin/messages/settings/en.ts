/** What the console says of keys that rotate by themselves, in English. */
export const settings = {
  'admin.schedule.title': 'Rotation by itself',
  'admin.schedule.none': 'No key rotates by itself',
  'admin.schedule.none_what':
    'The longer a key signs, the more a thief gets with it. With a schedule the next keys take over in time, and nobody has to remember it.',
  'admin.schedule.next': 'Next rotation on {date}, by itself.',
  'admin.schedule.then': { one: 'Then every day.', other: 'Then every {count} days.' },
  'admin.schedule.set': 'Set a schedule',
  'admin.schedule.change': 'Change the schedule',
  'admin.schedule.off': 'Turn the schedule off',
  'admin.schedule.days': 'Days from one rotation to the next',
  'admin.schedule.days_hint': 'From 1 to 365. Every 90 days is plenty.',
  'admin.schedule.days_wrong': 'This takes a whole number from 1 to 365.',
  'admin.schedule.first': 'Next rotation',
  'admin.schedule.first_hint': 'Left empty, it comes that many days from now.',
  'admin.schedule.too_early':
    'By then the next keys have not been published for long enough. {date} is the earliest.',
  'admin.schedule.too_late': 'This is more than a year ahead.',
  'admin.schedule.do': 'Set the schedule',
  'admin.schedule.does':
    'The next keys take over by themselves, as if an owner had rotated them. Credentials that phones have stay good, and tills notice nothing.',
  'admin.schedule.saved': 'The schedule is set.',
  'admin.schedule.off_sure': 'Turn the schedule off?',
  'admin.schedule.off_does': 'The keys that sign now go on until somebody rotates them.',
  'admin.schedule.ended': 'The schedule is off.',
} as const;
