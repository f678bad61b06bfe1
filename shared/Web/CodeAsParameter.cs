using System.Data;
using Dapper;

namespace Mes.Web;

/// <summary>Gives a code of an address to a query as text.</summary>
sealed class CodeAsParameter : SqlMapper.TypeHandler<Code>
{
    public override Code Parse(object value) => new((string)value);

    public override void SetValue(IDbDataParameter parameter, Code? value) =>
        (parameter.DbType, parameter.Value) = (DbType.String, (object?)value?.Value ?? DBNull.Value);
}
