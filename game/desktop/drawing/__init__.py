"""Pictures of data on a surface: shapes, gauges, fans, the map, seats and ledgers."""
