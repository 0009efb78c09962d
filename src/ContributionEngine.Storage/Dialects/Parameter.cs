using System.Data;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>A parameter value that only its database's driver knows how to carry.</summary>
internal sealed class Parameter(Action<IDbCommand, string> add) : SqlMapper.ICustomQueryParameter
{
    public void AddParameter(IDbCommand command, string name) => add(command, name);

    /// <summary>A plain value; drivers find its type themselves.</summary>
    public static Parameter Of(object value) => new((command, name) => Add(command, name, value));

    public static void Add(IDbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
