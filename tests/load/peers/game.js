// A turn of four hidden numbers: they are shown, with their sum, when all four are in.
"use strict";
const { ActivePlayers } = require("boardgame.io/dist/cjs/core.js");

exports.Hidden = {
  name: "hidden",
  setup: () => ({ turn: 1, numbers: [null, null, null, null], last: null, sum: null }),
  turn: { activePlayers: ActivePlayers.ALL },
  playerView: ({ G, playerID }) => ({ ...G, numbers: G.numbers.map((number, at) => (String(at) === playerID ? number : null)) }),
  moves: {
    give: {
      move: ({ G, playerID }, number) => {
        G.numbers[Number(playerID)] = number;
        if (G.numbers.some((one) => one === null)) return;
        G.last = [...G.numbers];
        G.sum = G.last.reduce((one, other) => one + other, 0);
        G.numbers = [null, null, null, null];
        G.turn += 1;
      },
      client: false,
      ignoreStaleStateID: true,
    },
  },
};
