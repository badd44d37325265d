// A turn of four hidden numbers: they are shown, with their sum, when all four are in. Where there is a file of views,
// each seat is shown its own as well, anew each turn.
"use strict";
const { existsSync, readFileSync } = require("fs");
const { ActivePlayers } = require("boardgame.io/dist/cjs/core.js");

const views = existsSync("views.json") ? JSON.parse(readFileSync("views.json")) : [];
const shown = (turn) => views.map((view) => ({ ...view, turn }));

exports.Hidden = {
  name: "hidden",
  setup: () => ({ turn: 1, numbers: [null, null, null, null], last: null, sum: null, shown: shown(1) }),
  turn: { activePlayers: ActivePlayers.ALL },
  playerView: ({ G, playerID }) => ({
    ...G,
    numbers: G.numbers.map((number, at) => (String(at) === playerID ? number : null)),
    shown: G.shown.filter((_view, at) => String(at) === playerID),
  }),
  moves: {
    give: {
      move: ({ G, playerID }, number) => {
        G.numbers[Number(playerID)] = number;
        if (G.numbers.some((one) => one === null)) return;
        G.last = [...G.numbers];
        G.sum = G.last.reduce((one, other) => one + other, 0);
        G.numbers = [null, null, null, null];
        G.turn += 1;
        G.shown = shown(G.turn);
      },
      client: false,
      ignoreStaleStateID: true,
    },
  },
};
