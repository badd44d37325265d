// Plays a turn in every room for each line of input, and says in seconds how long it took.
"use strict";
const { Client } = require("boardgame.io/dist/cjs/client.js");
const { SocketIO } = require("boardgame.io/dist/cjs/multiplayer.js");
const { Hidden } = require("./game.js");

const [port, rooms, , spread] = process.argv.slice(2).map(Number);
const now = () => performance.now() / 1000;

const seats = [];
for (let room = 0; room < rooms; room += 1) {
  for (let at = 0; at < 4; at += 1) {
    const multiplayer = SocketIO({ server: `http://127.0.0.1:${port}` });
    const client = Client({ game: Hidden, numPlayers: 4, matchID: `room-${room}`, playerID: String(at), multiplayer, debug: false });
    const seat = { client, turn: 0, seen: () => {} };
    client.subscribe((state) => {
      if (!state) return;
      if (state.G.turn <= seat.turn) return;
      seat.turn = state.G.turn;
      seat.seen(now());
    });
    client.start();
    seats.push(seat);
  }
}

const play = async () => {
  while (!seats.every((seat) => seat.turn > 0)) await new Promise((done) => setTimeout(done, 20));
  const began = now(), sent = [];
  const seen = seats.map((seat) => new Promise((done) => { seat.seen = done; }));
  seats.forEach((seat, at) => {
    const give = () => { sent[at] = now(); seat.client.moves.give(at % 10); };
    if (spread) setTimeout(give, Math.random() * spread * 1000); else give();
  });
  const ends = await Promise.all(seen);
  const last = (times, room) => Math.max(...times.slice(4 * room, 4 * room + 4));
  console.log(JSON.stringify({
    wall: Math.max(...ends) - began,
    views: Array.from({ length: rooms }, (_, room) => last(ends, room) - last(sent, room)),
  }));
};

process.stdin.on("data", play);
process.stdin.on("end", () => process.exit(0));
