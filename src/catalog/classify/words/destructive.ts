/** Verbs of what cannot be taken back. */

export const DESTRUCTIVE_VERBS =
  'delete remove destroy cancel clear drop purge wipe truncate erase revoke uninstall prune ban kick ' +
  'nuke obliterate expunge cleanup teardown deprovision decommission deregister unregister dissolve ' +
  'overwrite discard shred undeploy invalidate eradicate annihilate deleter remover reimage burn forget ' +
  'del rm rmdir unprovision';

export const DESTRUCTIVE_OR_NOUN =
  'reset flush trash expire clean vacuum terminate terminated void empty kill';
