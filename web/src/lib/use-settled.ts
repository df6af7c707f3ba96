import { useEffect, useState } from 'react';

const SETTLES_MS = 250;

/** A value once it has not changed for a moment: for what is asked of the gateway while somebody types. */
export function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}
