// Loaded into a gateway: a promise that nobody waits for fails at each SIGUSR2.
process.on('SIGUSR2', () => void Promise.reject(new Error('nobody waited for this')));
