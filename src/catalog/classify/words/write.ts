/** Verbs of making and changing what can be changed back. */

export const WRITE_VERBS =
  'create make place confirm align distribute adapt substitute split combine ungroup compress ' +
  'decompress zip unzip encrypt decrypt hide rebase squash cherry optimize opt add update set write ' +
  'edit modify insert upsert put append prepend save rename upload import assign unassign attach detach ' +
  'configure enable disable register publish unpublish send reply respond invite replace generate push ' +
  'move archive unarchive restore revert undo redo reopen subscribe unsubscribe follow unfollow mute ' +
  'unmute pin unpin star unstar react upvote downvote vote like unlike favorite favourite bookmark ' +
  'submit approve reject accept decline dismiss acknowledge merge sync synchronize synchronise ' +
  'replicate duplicate clone fork copy join adjust toggle rotate resize crop annotate compose draft ' +
  'schedule reschedule postpone snooze populate seed ingest memorize remember manage maintain customize ' +
  'customise personalize extend lock unlock protect unprotect grant allow deny onboard enroll enrol ' +
  'allocate provision reserve claim login logout authenticate signup reconnect connect disconnect ' +
  'initialize initialise init setup transition promote demote escalate redirect notify broadcast ' +
  'retweet increment decrement reorder rearrange migrate upgrade downgrade activate deactivate finalize ' +
  'finalise complete close block unblock unban synthesize synthesise overlay install writer updater ' +
  'creator editor uploader revise amend expand relate bind unbind wire sideload splice persist fix ' +
  'patch refactor scaffold bootstrap reassign raise lower switch administer';

export const WRITE_OR_NOUN =
  'post forward comment tag label note store record mark link unlink share log document mail sign email ' +
  'leave book open change save message upload remark group flag attach name tweet file commit checkin ' +
  'stage stash branch pull turn merge copy pause resume mode backup auth authorization connection ' +
  'favorite template release design draw paint insert shape animate texture material materials ' +
  'submission edit registration contribute respond text dm sms whatsapp request assign signoff handle ' +
  'rate schedule rsvp clipboard';
