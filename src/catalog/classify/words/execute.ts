/** Verbs and nouns of setting something in motion: code, processes, devices, other people's services. */

export const EXECUTE_VERBS =
  'run redeliver train finetune print arm disarm takeoff land mint end execute exec invoke trigger ' +
  'launch start stop restart reboot redeploy eval rerun relaunch retry replay spawn boot shutdown ' +
  'poweroff dispatch drain cordon uncordon evict failover rollback compile recompile rebuild bake ' +
  'orchestrate automate enqueue dequeue click doubleclick tap swipe scroll hover drag navigate goto ' +
  'press fill typewrite keypress unpause inject delegate runner executor invoker deployer brute ' +
  'bruteforce exploit fuzz flash hibernate wake suspend halt abort interrupt sudo impersonate';

export const EXECUTE_OR_NOUN =
  'call deploy type key build apply scale evaluate process command control operate action perform job ' +
  'dial phone say speak play seek attack script shell bash sh zsh powershell terminal console sql ' +
  'python javascript typescript node deno repl code kubectl helm docker terraform ansible computer ' +
  'mouse keyboard cursor nmap sqlmap nikto hydra gobuster metasploit wpscan hashcat masscan ffuf dirb ' +
  'ssh cmd rpc subprocess codex macro kill terminate power workflow agent worker swarm rollout ' +
  'lifecycle debug debugger interact reload refresh step continue deployment';

/** Nouns that run things when they stand at the end of a name or alone; at its beginning they only say where it belongs. */
export const EXECUTE_NAMESPACES =
  'node code sql python javascript typescript docker helm kubectl terraform ansible agent worker ' +
  'workflow deployment job script command computer process macro swarm action console deploy build call';
