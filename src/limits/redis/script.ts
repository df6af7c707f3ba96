/** A Lua script with the name that Redis knows it by. */
import { hash } from 'node:crypto';

export interface Script {
  readonly text: string;
  /** SHA-1 of the text. */
  readonly sha: string;
}

/** The clock of leases goes on by so much at most from one script to the next. */
const PULSE_MS = 2000;

/**
 * What every script begins with. Sums are those of `exact-sum.ts`, digit for digit; numbers travel as text that keeps
 * every bit. KEYS[1] is the marker; ARGV begins with the time to use ('' asks the server), the epoch and the server's run.
 */
const PRELUDE = `
local DAY = 86400000
local floor, abs = math.floor, math.abs

local function text(x)
  return string.format('%.17g', x)
end

local function sum(a, b)
  local s = a + b
  if s == floor(s) or abs(s) > 9007199254740991 / 1e9 then return s end
  local scaled = s * 1e9
  local whole = floor(scaled)
  if scaled - whole >= 0.5 then whole = whole + 1 end
  local snapped = whole / 1e9
  if abs(snapped - s) <= (abs(a) + abs(b)) * 2.220446049250313e-16 then return snapped end
  return s
end

local function wallTime()
  if ARGV[1] ~= '' then return tonumber(ARGV[1]) end
  local time = redis.call('TIME')
  return time[1] * 1000 + floor(time[2] / 1000)
end

local raw = wallTime()
local marker = redis.call('HMGET', KEYS[1], 'epoch', 'run', 'state', 't', 'raw', 'pulse')
local t = tonumber(marker[4] or raw)
-- A clock set back by up to a day stands still; after a larger step nothing is known of the time any more.
local timeless = t - raw > DAY
if raw > t then t = raw end
-- Leases live by a clock of their own, which no step of the other one moves: nodes keep it going.
local pulse = tonumber(marker[6] or 0) + math.max(0, math.min(raw - tonumber(marker[5] or raw), ${PULSE_MS}))

local function tick()
  redis.call('HSET', KEYS[1], 't', text(t), 'raw', text(raw), 'pulse', text(pulse))
end

local function standing()
  if marker[1] ~= ARGV[2] or marker[2] ~= ARGV[3] or timeless then return 'lost' end
  return marker[3]
end
`;

export function script(body: string): Script {
  const text = PRELUDE + body;
  return { text, sha: hash('sha1', text) };
}
