/** One step of an attack, with each tool that fits it; the best for the attacker counts. */
import type { JsonObject } from '../../json.ts';
import { createCounters, type Counters } from '../../limits/index.ts';
import {
  evaluate,
  isListed,
  limitMessage,
  resultRules,
  type CallFacts,
  type CompiledPolicy,
  type Reservation,
  type ToolFacts,
} from '../../policy/index.ts';
import type { AssessedTool } from '../recommend/recommend.ts';
import { comesBack } from './comes-back.ts';
import { fitsSchema } from './fits-schema.ts';
import type { AttackOutcome, AttackStep } from './types.ts';

export interface PlayedStep {
  readonly tool: string;
  readonly outcome: AttackOutcome;
  /** Calls that were tried, and those that got through. */
  readonly tried: number;
  readonly passed: number;
  /** What stopped it: a JSON Pointer into the policy or a label in parentheses; empty when nothing did. */
  readonly rule: string;
  readonly message: string;
  /** The first call's arguments; none where only the list is read. */
  readonly arguments?: JsonObject;
}

/** A step with what its calls took from limits, which later steps find taken. */
export interface StepPlay {
  readonly played: PlayedStep;
  readonly calls: readonly Taking[];
}

interface Taking {
  readonly session: string;
  readonly reservations: readonly Reservation[];
}

interface Board {
  readonly policy: CompiledPolicy;
  readonly tools: readonly AssessedTool[];
  readonly hostile: readonly AssessedTool[];
  /** What earlier steps took. */
  readonly before: readonly Taking[];
  readonly now: number;
}

const GRANT = { label: 'agent', tags: [] } as const;
const RANK: Readonly<Record<AttackOutcome, number>> = { stopped: 0, limited: 1, 'got through': 2 };

/** @returns undefined when no tool fits */
export function playStep(step: AttackStep, board: Board): StepPlay | undefined {
  let best: StepPlay | undefined;
  for (const tool of candidates(step, board)) {
    const args = step.arguments(tool.definition, 0);
    if (args === undefined) continue;
    const play = step.listed === true ? lookedAt(tool, board) : called(step, tool, args, board);
    const { outcome, passed } = play.played;
    const better =
      best === undefined ||
      RANK[outcome] > RANK[best.played.outcome] ||
      (outcome === best.played.outcome && passed > best.played.passed);
    // Schemas are compiled only where it matters.
    if (!better || (step.listed !== true && !fitsSchema(tool.definition, args))) continue;
    best = play;
    if (outcome === 'got through') break;
  }
  return best;
}

function candidates({ tool: wanted }: AttackStep, { tools, hostile }: Board): readonly AssessedTool[] {
  if (wanted.name !== undefined) return hostile.filter(({ definition }) => definition.name === wanted.name);
  const { classes = [], signals = [] } = wanted;
  return tools.filter(
    ({ definition, assessment }) =>
      typeof definition.name === 'string' &&
      (classes.length === 0 || classes.some((one) => assessment.classes.includes(one))) &&
      signals.every((one) => assessment.signals.includes(one)),
  );
}

function factsOf({ definition, assessment }: AssessedTool): ToolFacts {
  return { name: definition.name as string, class: assessment.class, classes: assessment.classes };
}

function callOf(tool: ToolFacts, args: JsonObject, now: number): CallFacts {
  return { tool, args, grant: GRANT, client: {}, now, hasSession: true };
}

function lookedAt(assessed: AssessedTool, { policy, now }: Board): StepPlay {
  const tool = factsOf(assessed);
  const listed = isListed(policy, tool);
  const played: PlayedStep = listed
    ? { tool: tool.name, outcome: 'got through', tried: 1, passed: 1, rule: '', message: '' }
    : {
        tool: tool.name,
        outcome: 'stopped',
        tried: 1,
        passed: 0,
        rule: evaluate(policy, callOf(tool, {}, now), () => undefined).rule,
        message: `${tool.name} is not in the list that the agent reads.`,
      };
  return { played, calls: [] };
}

function called(step: AttackStep, assessed: AssessedTool, first: JsonObject, board: Board): StepPlay {
  const { times = 1 } = step;
  const tool = factsOf(assessed);
  const counters = createCounters();
  for (const { session, reservations } of board.before) take(counters, session, reservations, board.now);
  const calls: Taking[] = [];
  let stop: Stop | undefined;
  let tried = 0;
  while (tried < times && stop === undefined) {
    const args = tried === 0 ? first : (step.arguments(assessed.definition, tried) ?? first);
    const session = step.newSessions === true ? `session ${tried}` : 'session';
    const sent = send(step, callOf(tool, args, board.now), session, counters, board);
    tried++;
    if ('rule' in sent) stop = sent;
    else calls.push(sent);
  }
  const passed = calls.length;
  const outcome = stop === undefined ? 'got through' : passed === 0 ? 'stopped' : 'limited';
  const { rule, message } = stop ?? { rule: '', message: '' };
  return {
    played: { tool: tool.name, outcome, tried: times, passed, rule, message, arguments: first },
    calls,
  };
}

interface Stop {
  readonly rule: string;
  readonly message: string;
}

/** One call, as far as it comes. */
function send(
  step: AttackStep,
  call: CallFacts,
  session: string,
  counters: Counters,
  { policy, now }: Board,
): Stop | Taking {
  const { outcome, rule, message, reservations } = evaluate(policy, call, (wanted) =>
    counters.peek(ownerOf(session), wanted, now),
  );
  if (outcome === 'deny' || (outcome === 'needs_approval' && step.approved !== true))
    return { rule, message };
  const refusal = take(counters, session, reservations, now);
  if (refusal !== undefined) return refusal;
  const rules = resultRules(policy, call.tool);
  if (step.answer !== undefined && step.carries !== undefined && !comesBack(step.answer, step.carries, rules))
    return { rule: '(results)', message: 'What does the harm does not come back to the agent.' };
  return { session, reservations };
}

function take(
  counters: Counters,
  session: string,
  reservations: readonly Reservation[],
  now: number,
): Stop | undefined {
  if (reservations.length === 0) return undefined;
  const taken = counters.reserve(ownerOf(session), reservations, now);
  if (!('commit' in taken)) return { rule: taken.reservation.rule, message: limitMessage(taken) };
  taken.commit();
  return undefined;
}

function ownerOf(session: string) {
  return { organization: 'organization', server: 'server', grant: 'grant', session };
}
