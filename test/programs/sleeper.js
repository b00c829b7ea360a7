// Runs until it is told to stop.
console.log('ready');
setInterval(() => {}, 1000);
