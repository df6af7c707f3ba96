/** Verbs and nouns of setting something in motion: code, processes, devices, other people's services. */

export const EXECUTE_VERBS =
  'run execute exec invoke trigger launch start stop restart reboot redeploy eval rerun ' +
  'relaunch retry replay spawn boot shutdown poweroff dispatch drain cordon uncordon evict failover ' +
  'rollback compile recompile rebuild bake boot orchestrate automate enqueue dequeue ' +
  'click doubleclick tap swipe scroll hover drag navigate goto press fill typewrite keypress unpause ' +
  'inject delegate runner executor invoker deployer ' +
  'brute bruteforce exploit fuzz flash actuate hibernate wake suspend jailbreak halt abort interrupt ' +
  'sudo impersonate';

export const EXECUTE_OR_NOUN =
  'call deploy type key build apply scale evaluate process command control operate action perform job ' +
  'crank dial phone say speak play seek attack script shell bash sh zsh powershell terminal ' +
  'console sql python javascript typescript node deno repl code kubectl helm docker terraform ansible ' +
  'computer mouse keyboard cursor nmap sqlmap nikto hydra gobuster metasploit wpscan hashcat ' +
  'masscan ffuf dirb ssh cmd rpc subprocess codex macro kill terminate power workflow agent ' +
  'subagent worker swarm rollout lifecycle debug debugger interact reload refresh ' +
  'step continue deployment';
