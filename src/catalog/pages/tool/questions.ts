/** Six questions that people ask about a tool, answered from what is known of it. */
import { code, foreign, link, name } from '../blocks/make.ts';
import type { Inline, Question } from '../blocks/types.ts';
import { categoryPath, riskPath, serverPath } from '../page-paths.ts';
import { CLASS_WORDS } from '../words/classes.ts';
import { SEVERITY_WORDS } from '../words/severities.ts';
import { sourceName } from '../server/source-name.ts';
import type { Described } from './description.ts';
import type { ToolView } from './tool-view.ts';

export function questions(view: ToolView, said: Described): readonly Question[] {
  const shown = foreign(view.name);
  return [
    { question: ['What does the ', shown, ' tool do?'], answer: whatItDoes(view, said) },
    { question: ['How do I enforce a policy on ', shown, '?'], answer: howToEnforce(view) },
    { question: ['What risk level is ', shown, '?'], answer: whichRisk(view) },
    { question: ['Can I rate-limit ', shown, '?'], answer: rateLimit(view) },
    { question: ['How do I block, hide or gate ', shown, '?'], answer: block(view) },
    { question: ['What MCP server provides ', shown, '?'], answer: whichServer(view) },
  ];
}

function whatItDoes(
  { name: shown, serverNoun, assessment }: ToolView,
  { lead }: Described,
): readonly Inline[] {
  const words = CLASS_WORDS[assessment.class];
  return [
    [
      ...(lead === undefined ? [] : ['In the words of its definition: “', foreign(lead), '” ']),
      `It is ${words.a} of the `,
      foreign(serverNoun),
      `: agents call `,
      code(shown),
      ` ${words.use} it. ${words.useMore}`,
    ],
  ];
}

function howToEnforce({ name: shown, serverNoun }: ToolView): readonly Inline[] {
  return [
    [
      'Register the ',
      foreign(serverNoun),
      ' in Portcullis and add a rule for ',
      code(shown),
      ': allow it, deny it, limit how often it runs, bound its arguments, or ask a person first. Then point your MCP client at the gateway’s URL in place of the server’s. The rule is checked on every call, before the call reaches the server, and every decision is written to a log.',
    ],
  ];
}

function whichRisk({ name: shown, assessment }: ToolView): readonly Inline[] {
  const { severity, class: gravest, confidence } = assessment;
  return [
    [
      code(shown),
      ` is ${CLASS_WORDS[gravest].a} with `,
      link(riskPath(severity), `${severity.toLowerCase()} risk`),
      ` (confidence ${confidence}). ${SEVERITY_WORDS[severity].short} `,
      link(categoryPath(gravest), `${gravest} tools`),
      ` ${CLASS_WORDS[gravest].advice}.`,
    ],
  ];
}

function rateLimit({ name: shown, assessment }: ToolView): readonly Inline[] {
  const max = assessment.class === 'Write' ? 30 : 10;
  return [
    [
      'Yes. Under ',
      code('tools'),
      ', give the rule of ',
      code(shown),
      ' a ',
      code('limits'),
      ' entry: a counter, a ',
      code('window'),
      ' (',
      code('minute'),
      ', ',
      code('hour'),
      ', ',
      code('day'),
      ' or a number of seconds), a ',
      code('max'),
      ' and a ',
      code('scope'),
      `. With "max": ${max} and "window": "minute" each grant gets ${max} calls a minute. The short form `,
      code(`"rate_limit": { "max": ${max}, "window": 60 }`),
      ' counts for each session. A refused call says when the limit resets.',
    ],
  ];
}

function block({ name: shown, assessment }: ToolView): readonly Inline[] {
  const gate =
    assessment.class === 'Read'
      ? 'For a tool that only reads, denying is rarely needed; hiding it saves the model a choice that it does not need.'
      : 'A hidden tool tempts no agent, a denied one tells it why, and approval keeps the tool for the cases that need it.';
  return [
    [
      'Deny it with ',
      code('"action": "deny"'),
      ' and, if you like, a ',
      code('reason'),
      ' that the agent gets to read; or leave it out of a policy whose ',
      code('default'),
      ' is ',
      code('deny'),
      '. Hide it by listing ',
      code(shown),
      ' under ',
      code('hide'),
      ': then it is not listed, and calling it is answered as for an unknown tool. Ask a person first with ',
      code('"action": "require_approval"'),
      `. ${gate}`,
    ],
  ];
}

function whichServer({ name: shown, server, serverNoun }: ToolView): readonly Inline[] {
  const source = sourceName(server);
  return [
    [
      'The ',
      link(serverPath(server.slug), foreign(serverNoun)),
      ...(source === undefined ? [] : [' (', name(source), ')']),
      ' provides ',
      code(shown),
      '. Portcullis stands in front of that server as a gateway, and decides on each call before it goes there.',
    ],
  ];
}
