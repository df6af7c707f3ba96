/** Every target by its name. */
import type { Target } from '../target.ts';
import { eventStream } from './event-stream.ts';
import { message } from './message.ts';
import { policy } from './policy.ts';
import { strictJson } from './strict-json.ts';
import { verdict } from './verdict.ts';

export const TARGETS: readonly Target[] = [strictJson, message, eventStream, policy, verdict];
