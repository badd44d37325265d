// Sits on every seat. For each line, when each seat's number is due, plays a turn and says in seconds how it went.
"use strict";
const { Client } = require("boardgame.io/dist/cjs/client.js");
const { SocketIO } = require("boardgame.io/dist/cjs/multiplayer.js");
const { Hidden } = require("./game.js");

const [port, rooms] = process.argv.slice(2).map(Number);
const now = () => performance.now() / 1000;
const multiplayer = SocketIO({ server: `http://127.0.0.1:${port}`, socketOpts: { transports: ["websocket"] } });
const seats = [];
let left = 4 * rooms, began = 0, late;

const tell = () => {
  clearTimeout(late);
  const all = (what) => seats.map((seat) => seat[what]);
  const turn = { began, sent: all("sent"), answered: all("answered"), seen: all("seen"), numbers: all("numbers") };
  console.log(began ? JSON.stringify(turn) : "ready");
};

const wait = () => { late = setTimeout(() => process.exit(1), 120000); };

const hear = (seat, { turn, numbers, last }) => {
  if (turn === seat.turn && numbers[seat.place] === null) return;
  const heard = now();
  seat.answered ??= heard;
  if (turn === seat.turn) return;
  Object.assign(seat, { turn, seen: heard, numbers: last });
  left -= 1;
  if (!left) tell();
};

wait();
for (let at = 0; at < 4 * rooms; at += 1) {
  const place = at % 4, matchID = `room-${(at - place) / 4}`;
  const client = Client({ game: Hidden, numPlayers: 4, matchID, playerID: String(place), multiplayer, debug: false });
  const seat = { client, place, turn: 0 };
  seats.push(seat);
  client.subscribe((state) => { if (state) hear(seat, state.G); });
  client.start();
}

require("readline").createInterface({ input: process.stdin }).on("line", (line) => {
  wait();
  [left, began] = [seats.length, now()];
  JSON.parse(line).forEach((due, at) => {
    const seat = seats[at];
    seat.answered = undefined;
    const give = () => { seat.sent = now(); seat.client.moves.give(at % 10); };
    if (due) setTimeout(give, due * 1000); else give();
  });
}).on("close", () => process.exit(0));
