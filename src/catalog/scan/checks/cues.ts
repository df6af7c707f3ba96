/**
 * Phrases that speak to the model rather than about the tool. Every pattern runs in linear time: repetitions are bounded.
 * A cue alone may be clumsy wording; two of different kinds in one text are taken for intent.
 */
import type { RuleId } from '../rules.ts';
import type { ScanSeverity } from '../types.ts';

export interface Cue {
  readonly id: RuleId;
  readonly severity: ScanSeverity;
  readonly pattern: RegExp;
}

const USER = String.raw`(?:the|your|this|any|a)?\s{0,2}(?:end[- ]?)?(?:users?|humans?|operators?|people|anyone|anybody)`;
const SECRET_FILE = String.raw`(?:\.ssh\/(?:id_[a-z0-9]+|config|authorized_keys|known_hosts)|~\/\.ssh\b|\bid_(?:rsa|ed25519|ecdsa)\b|\.aws\/credentials|\.netrc\b|\.pgpass\b|\/etc\/(?:shadow|passwd)\b|\.git-credentials|\.docker\/config\.json|\.npmrc\b|\.pypirc\b|\.kube\/config\b|(?:^|[\s"'\x60(/])\.env(?:\.\w{1,12})?\b|claude_desktop_config\.json|\.cursor\/mcp\.json|mcp_config\.json|\.claude\.json|(?:login|key)\s?chain|wallet\.dat|seed phrase)`;
const TAKE = String.raw`\b(?:read|open|cat|load|fetch|get|include|attach|append|pass|send|extract|copy|upload|paste|provide|access|retrieve|put)\b`;
const cue = (id: RuleId, severity: ScanSeverity, source: string): Cue => ({
  id,
  severity,
  pattern: new RegExp(source, 'iu'),
});

export const CUES: readonly Cue[] = [
  cue(
    'hidden-instruction',
    'high',
    String.raw`<\s{0,3}\/?\s{0,3}(?:important|secret|hidden|system|critical|instructions?|admin|override|assistant|sudo)(?:[_-](?:instructions?|prompt|message|notice|rules?))?\s{0,3}>`,
  ),
  cue(
    'hidden-instruction',
    'high',
    String.raw`\[\/?INST\]|<\|(?:im_start|im_end|system|assistant|user|endoftext)\|>|<<\/?SYS>>|(?:^|\n)\s{0,4}#{2,4}\s{0,3}(?:system|assistant)\s{0,3}(?:prompt|message)?:`,
  ),
  cue(
    'hidden-instruction',
    'high',
    String.raw`\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,30}\b(?:previous|prior|earlier|above|all other|existing|system|safety)\b[^.\n]{0,20}\b(?:instructions?|prompts?|rules?|guidelines?|messages?|constraints?|polic(?:y|ies))\b`,
  ),
  cue(
    'hidden-instruction',
    'high',
    String.raw`\b(?:you are now|act as if you (?:are|were)|pretend (?:to be|that you)|from now on,? you (?:must|will|are)|your new (?:role|instructions?|task) (?:is|are))\b`,
  ),
  cue(
    'hidden-instruction',
    'high',
    String.raw`\b(?:bcc|blind[- ]copy|forward|cc)\b[^.\n]{0,60}[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,40}`,
  ),
  cue(
    'concealment',
    'high',
    String.raw`\b(?:do not|don['’]t|never|must not|without|avoid|refrain from)\s{0,2}(?:ever\s|explicitly\s)?(?:tell|inform|mention|notify|reveal|disclos|alert|warn|say|show)\w{0,4}\b[^.\n]{0,60}?\bto ${USER}\b`,
  ),
  cue(
    'concealment',
    'high',
    String.raw`\b(?:do not|don['’]t|never|must not|without)\s{0,2}(?:ever\s|explicitly\s)?(?:tell|inform|notify|alert|warn)(?:ing)?\s{1,2}${USER}\b`,
  ),
  cue(
    'concealment',
    'high',
    String.raw`\b(?:keep|hide|conceal)\b[^.\n]{0,40}\b(?:secret|hidden|from)\b[^.\n]{0,12}\b${USER}\b|\b(?:without|no need for)\s${USER}(?:['’]s)?\s(?:knowledge|noticing|knowing|consent|awareness)\b|\b(?:user|human) (?:must|should|does|will) not (?:know|see|notice|be (?:told|aware|informed))\b`,
  ),
  cue('secret-reference', 'high', String.raw`${TAKE}[^.\n]{0,60}${SECRET_FILE}`),
  cue(
    'secret-reference',
    'high',
    String.raw`${TAKE}[^.\n]{0,40}\b(?:contents?|value)s? of\b[^.\n]{0,30}(?:~\/\.|\$HOME\/\.|environment variables?|private keys?|ssh keys?|credentials? files?)`,
  ),
  cue(
    'exfiltration-parameter',
    'medium',
    String.raw`\b(?:entire|full|whole|complete|all (?:of )?(?:the |your )?(?:previous|prior))\s(?:conversation|chat|message|dialogue|context window|system prompt)\b(?:\s(?:history|log|transcript|messages?))?`,
  ),
  cue(
    'tool-preference',
    'medium',
    String.raw`\b(?:before (?:using|calling|invoking) (?:any|all|every) (?:other )?tools?|(?:always|must) (?:use|call|invoke|prefer) this (?:tool|function)[^.\n]{0,30}\b(?:instead of|over|rather than|before)\s(?:any|all|every|other)\b|(?:do not|don['’]t|never) use (?:any )?other (?:tools?|servers?))\b`,
  ),
];

/** Names of parameters that carry away what was said rather than what was asked. */
export const CARRIER =
  /^(?:side_?notes?|conversation(?:_?(?:history|log|transcript|context))?|chat_?(?:history|log|transcript)|message_?history|previous_?messages|all_?messages|system_?prompt|chain_?of_?thought|hidden_?(?:context|notes?)|full_?context|session_?transcript|user_?secrets?)$/;
/** Such a name on any server means one thing only. */
export const NOTORIOUS = /^(?:side_?notes?|hidden_?(?:context|notes?)|user_?secrets?)$/;
