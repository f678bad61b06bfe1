using Mes.Persistence;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>Connections for reading, where no entity is wanted.</summary>
sealed class ReadConnection(ServiceDatabase<EquipmentDb> database)
{
    public ValueTask<NpgsqlConnection> Open(CancellationToken ct) => database.Source.OpenConnectionAsync(ct);
}
