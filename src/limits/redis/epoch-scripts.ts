/**
 * Who counts on what. An epoch is one set of counters that is known to be whole: its name stands in a marker together with
 * the run of the server that it was made on, and in the key of every counter. A server that lost its data has no marker;
 * one that was started again or replaced has another run, whatever it still remembers.
 */
import { LIFETIME, SLOTS_MS } from './reserve-script.ts';
import { script } from './script.ts';

/**
 * KEYS: marker, builder, nodes. ARGV: time, '', run, node. Answers `none`, `abandoned`, `building` or `active`, the epoch,
 * what is noted of the node, and the time.
 */
export const LOOK = script(`
local entry = redis.call('HGET', KEYS[3], ARGV[4]) or ''
local epoch = marker[1] or ''
if epoch == '' or marker[2] ~= ARGV[3] or timeless then return {'none', epoch, entry, text(raw)} end
if marker[3] == 'building' and redis.call('EXISTS', KEYS[2]) == 0 then return {'abandoned', epoch, entry, text(raw)} end
return {marker[3], epoch, entry, text(raw)}
`);

/** KEYS: marker, builder. ARGV: time, the epoch to replace, run, node, the new epoch, ms to build in, ms to keep. Answers `begun` and the time, or `other`. */
export const BEGIN = script(`
if (marker[1] or '') ~= ARGV[2] then return {'other'} end
redis.call('HSET', KEYS[1], 'epoch', ARGV[5], 'run', ARGV[3], 'state', 'building', 't', text(raw), 'raw', text(raw), 'pulse', '0')
redis.call('PEXPIRE', KEYS[1], ARGV[7])
redis.call('SET', KEYS[2], ARGV[4], 'PX', ARGV[6])
return {'begun', text(raw)}
`);

/** Adds buckets while an epoch is built. KEYS: marker; per bucket its hash and its sorted set. ARGV: time, epoch, run; per bucket start, expiry, amount. */
export const ADD = script(`${LIFETIME}
local state = standing()
if state ~= 'building' then return {state} end
tick()
local key = 2
for arg = 4, #ARGV, 3 do
  local w, x = KEYS[key], KEYS[key + 1]
  local name = string.format('%.0f:%.0f', tonumber(ARGV[arg]), tonumber(ARGV[arg + 1]))
  local amount = tonumber(ARGV[arg + 2])
  redis.call('HSET', w, name, text(sum(tonumber(redis.call('HGET', w, name) or '0'), amount)))
  redis.call('HSET', w, 'total', text(sum(tonumber(redis.call('HGET', w, 'total') or '0'), amount)))
  redis.call('ZADD', x, ARGV[arg + 1], name)
  live(w, x)
  key = key + 2
end
return {'added'}
`);

/** Keeps marker and nodes, and renews the leases whose names stand from `names` on, each in the slots at its place from KEYS[3] on. */
const KEEP = `
local function keep(lease, left, names)
  redis.call('PEXPIRE', KEYS[1], left)
  redis.call('PEXPIRE', KEYS[2], left)
  for i = names, #ARGV do
    local s = KEYS[i - names + 3]
    redis.call('ZADD', s, text(pulse + tonumber(lease)), ARGV[i])
    redis.call('PEXPIRE', s, ${SLOTS_MS})
  end
end
`;

/**
 * A node takes part, with the leases of its calls. KEYS: marker, nodes, slots. ARGV: time, epoch, run, node, what to note, the
 * state that the epoch must be in, ms of a lease, ms to keep; names of leases. Answers `joined`, or the state.
 */
export const JOIN = script(`${KEEP}
local state = standing()
if state ~= ARGV[6] then return {state} end
redis.call('HSET', KEYS[2], ARGV[4], ARGV[5])
keep(ARGV[7], ARGV[8], 9)
return {'joined'}
`);

/** Keeps what a node counts on, and the leases of its calls. As JOIN, without changing what is noted. */
export const BEAT = script(`${KEEP}
local state = standing()
if state ~= 'active' then return {state} end
tick()
keep(ARGV[4], ARGV[5], 6)
return {'active', text(t)}
`);

/** KEYS: marker, builder, nodes. ARGV: time, epoch, run, node, ms to build in. Answers `building` and what is noted of all nodes, or the state. */
export const KEEP_BUILDING = script(`
local state = standing()
if state ~= 'building' or redis.call('GET', KEYS[2]) ~= ARGV[4] then return {'lost'} end
redis.call('PEXPIRE', KEYS[2], ARGV[5])
return {'building', unpack(redis.call('HGETALL', KEYS[3]))}
`);

/** From here on the epoch counts. KEYS: marker, builder, nodes. ARGV: time, epoch, run, node, the time that had been reached. */
export const ACTIVATE = script(`
local state = standing()
if state ~= 'building' or redis.call('GET', KEYS[2]) ~= ARGV[4] then return {'lost'} end
redis.call('HSET', KEYS[1], 'state', 'active', 't', text(math.max(t, tonumber(ARGV[5]))))
redis.call('DEL', KEYS[2])
local noted = redis.call('HGETALL', KEYS[3])
for i = 1, #noted, 2 do
  if string.sub(noted[i + 1], 1, #ARGV[2] + 1) ~= ARGV[2] .. ':' then redis.call('HDEL', KEYS[3], noted[i]) end
end
return {'active'}
`);

/** A node goes. KEYS: marker, nodes. ARGV: time, epoch, run, node, what to note. */
export const LEAVE = script(`
if standing() == 'active' then redis.call('HSET', KEYS[2], ARGV[4], ARGV[5]) end
return {'left'}
`);
