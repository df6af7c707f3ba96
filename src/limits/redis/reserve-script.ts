/**
 * Takes all counters of one call or none, in one step. A counter is a hash of its buckets (`<start>:<expires>` → amount)
 * with their `total`, and a sorted set of the same names by expiry; slots are a sorted set of leases. What is taken within
 * the call is kept beside until everything has room, so that a refusal writes nothing.
 */
import { script } from './script.ts';

/** How long keys outlive what they hold: clocks of a server and its replicas differ. Ms. */
const MARGIN_MS = 60_000;
/** How long slots are kept that nobody renews. */
export const SLOTS_MS = 86_400_000;
/** The longest life that Redis is asked for. Ms. */
const LONGEST_MS = 10 * 365 * 86_400_000;

/** Gives a counter's keys the life of its newest bucket. */
export const LIFETIME = `
local function live(w, x)
  local newest = redis.call('ZRANGE', x, -1, -1, 'WITHSCORES')
  if newest[2] == nil then
    redis.call('DEL', w, x)
    return
  end
  local left = math.min(math.max(floor(tonumber(newest[2]) - raw), 0) + ${MARGIN_MS}, ${LONGEST_MS})
  redis.call('PEXPIRE', w, left)
  redis.call('PEXPIRE', x, left)
end
`;

/**
 * KEYS: marker; per window its hash and its sorted set; per slot its sorted set. ARGV: time, epoch, run, `take` or `look`,
 * ms of a lease; per window `w`, amount, max, ms of a bucket, ms from its start to its expiry, 1 when these make sense;
 * per slot `s`, max, name of the lease.
 * Answers `held`, time, then start, expiry and total of each window; or `refused`, time, the server's time, place, used,
 * time of the reset; or `lost`, or `building`.
 */
export const RESERVE = script(`${LIFETIME}
local state = standing()
if state ~= 'active' then return {state} end
local take = ARGV[4] == 'take'
local lease = tonumber(ARGV[5])
-- The first write: where there is no memory, or no right to write, it fails before anything has changed.
if take then tick() end

local tallies, order = {}, {}

local function amountsOf(tally, names)
  local amounts = {}
  for from = 1, #names, 500 do
    local part = redis.call('HMGET', tally.w, unpack(names, from, math.min(from + 499, #names)))
    for i = 1, #part do amounts[#amounts + 1] = tonumber(part[i] or '0') end
  end
  return amounts
end

local function tallyOf(w, x)
  local known = tallies[w]
  if known then return known end
  local tally = { w = w, x = x, added = {}, names = {} }
  tally.gone = redis.call('ZRANGEBYSCORE', x, '-inf', text(t))
  tally.total = tonumber(redis.call('HGET', w, 'total') or '0')
  local amounts = amountsOf(tally, tally.gone)
  for i = 1, #amounts do tally.total = sum(tally.total, -amounts[i]) end
  if redis.call('ZCARD', x) == #tally.gone then tally.total = 0 end
  tallies[w] = tally
  order[#order + 1] = tally
  return tally
end

-- When the total, by expiry alone, will have fallen by so much.
local function freesAt(tally, left)
  local found = redis.call('ZRANGEBYSCORE', tally.x, '(' .. text(t), '+inf', 'WITHSCORES')
  local names, expiries, seen = {}, {}, {}
  for i = 1, #found, 2 do
    names[#names + 1] = found[i]
    expiries[#expiries + 1] = tonumber(found[i + 1])
    seen[found[i]] = #names
  end
  local amounts = amountsOf(tally, names)
  for _, name in ipairs(tally.names) do
    local place = seen[name]
    if place then amounts[place] = tally.added[name].amount
    else
      local expires = tally.added[name].expires
      local at = #names + 1
      while at > 1 and expiries[at - 1] > expires do at = at - 1 end
      table.insert(names, at, name)
      table.insert(expiries, at, expires)
      table.insert(amounts, at, tally.added[name].amount)
    end
  end
  for i = 1, #names do
    left = sum(left, -amounts[i])
    if left <= 0 then return text(expiries[i]) end
  end
  return ''
end

local slots = {}
local answer = {'held', text(t)}
local key, arg, place = 2, 6, 0
while arg <= #ARGV do
  if ARGV[arg] == 'w' then
    local amount, max = tonumber(ARGV[arg + 1]), tonumber(ARGV[arg + 2])
    local width, span, sane = tonumber(ARGV[arg + 3]), tonumber(ARGV[arg + 4]), ARGV[arg + 5] == '1'
    local tally = tallyOf(KEYS[key], KEYS[key + 1])
    local used = tally.total
    local after = sum(used, amount)
    -- An amount that the sum swallows (too small beside what is already there) would be free.
    if not sane or not (after <= max) or (amount > 0 and after <= used) then
      local resets = ''
      if sane and amount <= max then
        resets = freesAt(tally, math.max(sum(after, -max), amount > 0 and 4.9406564584124654e-324 or 0))
      end
      return {'refused', text(t), text(raw), place, text(used), resets}
    end
    if amount > 0 then
      local start = floor(t / width) * width
      local expires = start + span
      local name = string.format('%.0f:%.0f', start, expires)
      local bucket = tally.added[name]
      if not bucket then
        bucket = { expires = expires, amount = tonumber(redis.call('HGET', tally.w, name) or '0') }
        tally.added[name] = bucket
        tally.names[#tally.names + 1] = name
      end
      bucket.amount = sum(bucket.amount, amount)
      tally.total = after
      answer[#answer + 1] = text(start)
      answer[#answer + 1] = text(expires)
    else
      answer[#answer + 1] = ''
      answer[#answer + 1] = ''
    end
    answer[#answer + 1] = text(after)
    key, arg = key + 2, arg + 6
  else
    local s, max = KEYS[key], tonumber(ARGV[arg + 1])
    local wanted = slots[s] or {}
    local used = redis.call('ZCOUNT', s, '(' .. text(pulse), '+inf') + #wanted
    if not (used + 1 <= max) then return {'refused', text(t), text(raw), place, text(used), ''} end
    wanted[#wanted + 1] = ARGV[arg + 2]
    slots[s] = wanted
    key, arg = key + 1, arg + 3
  end
  place = place + 1
end
if not take then return answer end

for _, tally in ipairs(order) do
  if #tally.gone > 0 then
    redis.call('ZREMRANGEBYSCORE', tally.x, '-inf', text(t))
    for from = 1, #tally.gone, 500 do
      redis.call('HDEL', tally.w, unpack(tally.gone, from, math.min(from + 499, #tally.gone)))
    end
  end
  for name, bucket in pairs(tally.added) do
    redis.call('HSET', tally.w, name, text(bucket.amount))
    redis.call('ZADD', tally.x, text(bucket.expires), name)
  end
  redis.call('HSET', tally.w, 'total', text(tally.total))
  live(tally.w, tally.x)
end
for s, names in pairs(slots) do
  redis.call('ZREMRANGEBYSCORE', s, '-inf', text(pulse))
  for _, name in ipairs(names) do redis.call('ZADD', s, text(pulse + lease), name) end
  redis.call('PEXPIRE', s, ${SLOTS_MS})
end
return answer
`);

/**
 * Ends a hold: frees slots, gives amounts back into their buckets. KEYS: marker, the key that says that it was done; slots; per
 * amount its hash and its sorted set. ARGV: time, epoch, run, number of slots, ms to remember; names of leases; per amount
 * the bucket's name and the amount. Done once, however often it is asked for.
 */
export const SETTLE = script(`${LIFETIME}
local state = standing()
if state ~= 'active' then return {state} end
local slots, remember = tonumber(ARGV[4]), tonumber(ARGV[5])
for i = 1, slots do redis.call('ZREM', KEYS[2 + i], ARGV[5 + i]) end
local key, arg = 3 + slots, 6 + slots
if arg > #ARGV then return {'done'} end
if not redis.call('SET', KEYS[2], '1', 'NX', 'PX', remember) then return {'done'} end
while arg <= #ARGV do
  local w, x, name, amount = KEYS[key], KEYS[key + 1], ARGV[arg], tonumber(ARGV[arg + 1])
  local bucket = redis.call('HGET', w, name)
  if bucket then
    local left = sum(tonumber(bucket), -amount)
    if left <= 0 then
      redis.call('HDEL', w, name)
      redis.call('ZREM', x, name)
    else
      redis.call('HSET', w, name, text(left))
    end
    redis.call('HSET', w, 'total', text(sum(tonumber(redis.call('HGET', w, 'total') or '0'), -amount)))
    live(w, x)
  end
  key, arg = key + 2, arg + 2
end
return {'done'}
`);
