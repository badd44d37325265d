// Serves the game from memory.
"use strict";
const { Server } = require("boardgame.io/dist/cjs/server.js");
const { Hidden } = require("./game.js");

Server({ games: [Hidden], origins: [/.*/] }).run(Number(process.argv[2]));
