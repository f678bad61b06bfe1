using System.Data;
using System.Text.Json;
using Dapper;
using Mes.Contracts;
using Mes.Persistence;
using Mes.WorkOrders.Domain;
using NpgsqlTypes;

namespace Mes.WorkOrders.Data;

/// <summary>
/// How columns become the domain's types where Dapper reads its rows, as the model says for Entity Framework.
/// </summary>
static class RowTypes
{
    public static void Register()
    {
        SqlMapper.AddTypeHandler(new Instant());
        SqlMapper.AddTypeHandler(new Texts());
        SqlMapper.AddTypeHandler(new Json<Policies>());
        SqlMapper.AddTypeHandler(new Json<PlanningNeeds>());
        SqlMapper.AddTypeHandler(new Json<IReadOnlyList<RequiredMaterial>>());
        SqlMapper.AddTypeHandler(new Json<IReadOnlyList<SkillExpiry>>());
    }

    sealed class Instant : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override DateTimeOffset Parse(object value) => new((DateTime)value);

        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value) => parameter.Value = value;
    }

    sealed class Texts : SqlMapper.TypeHandler<List<string>>
    {
        public override List<string> Parse(object value) => [.. (string[])value];

        public override void SetValue(IDbDataParameter parameter, List<string>? value) => parameter.Value = value;
    }

    sealed class Json<T> : SqlMapper.TypeHandler<T> where T : class
    {
        public override T Parse(object value) => JsonSerializer.Deserialize<T>((string)value, MessageJson.Options)!;

        public override void SetValue(IDbDataParameter parameter, T? value)
        {
            ((Npgsql.NpgsqlParameter)parameter).NpgsqlDbType = NpgsqlDbType.Jsonb;
            parameter.Value = JsonSerializer.Serialize(value, MessageJson.Options);
        }
    }
}
