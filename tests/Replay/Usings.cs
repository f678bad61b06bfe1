global using Mes.Replay.Actions;
global using Mes.Replay.Definitions;
global using Mes.Replay.Expected;
global using Mes.Replay.Figures;
global using Mes.Replay.Log;
global using Mes.Replay.Orders;
global using Mes.Replay.Play;
