/** What the wallet says, in English, where several people share a phone, and of PINs. */
export const people = {
  'wallet.people': 'People on this phone',
  'wallet.people.who': 'Who shows?',
  'wallet.people.nameless': 'Person {number}',
  'wallet.people.no_pin': 'Whoever can unlock this phone can unlock this wallet. A PIN keeps it yours alone.',
  'wallet.people.pin': 'This wallet opens with the phone’s lock and its own PIN together.',
  'wallet.people.add': 'Add a person',
  'wallet.people.add.what':
    'Scan or paste their offer. They get a wallet of their own on this phone, with a PIN of their own.',
  'wallet.people.return': 'They had a wallet before',
  'wallet.people.first_pin':
    'Before somebody else comes, {name} needs a PIN: the phone’s lock opens every wallet on it.',
  'wallet.people.remove': 'Remove {name} from this phone',
  'wallet.people.remove.goes':
    'The codes, passes and history of this wallet are gone from this phone, for good. Nobody else on it is touched.',
  'wallet.people.remove.stays':
    'To the service the wallet goes on until it is locked: its passkey can still sign in. To remove the passkey too, use the settings of the phone.',
  'wallet.people.remove.lock':
    'Lock the wallet at the service as well. That needs the network, the passkey and the PIN.',
  'wallet.people.remove.type': 'Type {name} to confirm',
  'wallet.people.remove.wrong': 'This is not {name}.',
  'wallet.people.remove.not_locked': 'The service did not lock it. Nothing was removed.',
  'wallet.people.removed': '{name} is off this phone.',

  'wallet.whose.title': 'Whom is this for?',
  'wallet.whose.new': 'Somebody new',
  'wallet.whose.new.what': 'Add to this phone. Everybody else stays as they are.',
  'wallet.whose.again': 'A new wallet in place of the one here',
  'wallet.whose.replace': 'Replace the wallet of {name}',
  'wallet.whose.replace.what':
    'The new wallet takes the place of the one that {name} has on this phone. Its copies, passes and history go.',

  'wallet.pin.of': 'PIN of {name}',
  'wallet.pin.label': 'PIN, six digits',
  'wallet.pin.keys': 'Digits',
  'wallet.pin.erase': 'Erase',
  'wallet.pin.trying': 'Unlocking',
  'wallet.pin.wrong': {
    one: 'Wrong PIN. {count} try is left before a wait.',
    other: 'Wrong PIN. {count} tries are left before a wait.',
  },
  'wallet.pin.wait': 'Too many wrong PINs. Wait {time}.',
  'wallet.pin.wait.what': 'Nothing is erased.',
  'wallet.pin.forgotten': 'PIN forgotten',
  'wallet.pin.forgotten.what':
    'A PIN cannot be read out or reset. Ask for a new offer and put a new wallet in the place of this one, or remove this one in the settings. The lock code stops the old wallet from any phone.',
  'wallet.pin.set': 'Set a PIN',
  'wallet.pin.change': 'Change the PIN',
  'wallet.pin.drop': 'Do without a PIN',
  'wallet.pin.dropped': 'The wallet opens without a PIN.',
  'wallet.pin.what': 'Unlock first. Then choose six digits that nobody else on this phone knows.',
  'wallet.pin.locked': 'Not unlocked. Nothing was changed.',
  'wallet.pin.choose': 'New PIN, six digits',
  'wallet.pin.again': 'The same PIN once more',
  'wallet.pin.easy': 'Too easy to guess. Choose another.',
  'wallet.pin.differ': 'The two were not the same. Choose again.',
  'wallet.pin.sealing': 'Locking everything with the new PIN',
  'wallet.pin.is_set': 'The new PIN holds from now on.',
  'wallet.pin.yours': 'A PIN of your own',
  'wallet.pin.yours.what':
    'Others on this phone can get past its lock. Only you know this PIN; it is asked each time you unlock.',
  'wallet.pin.changed_elsewhere': 'The lock of this wallet was changed in another window. Unlock again.',

  'wallet.help.sealed_pin.what':
    'Your copies and your history are encrypted with a key that your passkey and your PIN yield together. Without both nobody can read them.',
  'wallet.help.gate_pin.what':
    'The passkeys of this browser yield no key, so your PIN does. Whoever gets past the phone’s own lock and into its storage could try one PIN after another.',

  'wallet.sign_in.is_here':
    'This passkey belongs to somebody who is on this phone already. Sign in with that of whoever comes.',
} as const;
