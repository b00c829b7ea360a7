/** Main 100/0 makes worker 100/1 by its call 1, and each holds its end of their channel as port 1. */
export const workerPair = `
  5   main begins pid=100
  6   main creates 1 ./w.js at=main.js:2:9
  6   main holds 1 creator call=1
  7   main created 1 worker=1
  9   w begins pid=100 worker=1 tid=107 call=main#1
  9   w holds 1 worker`;

/** The same with a second worker, 100/2, which main talks to over its port 2. */
export const twoWorkers = `${workerPair}
  10  main creates 2 ./v.js at=main.js:3:9
  10  main holds 2 creator call=2
  10  main created 2 worker=2
  11  v begins pid=100 worker=2 tid=108 call=main#2
  11  v holds 1 worker`;
