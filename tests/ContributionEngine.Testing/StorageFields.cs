using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using ContributionEngine.Storage;

namespace ContributionEngine.Testing;

/// <summary>What the <c>static readonly</c> fields of Storage hold, also in an array, tuple or record inside them: how all statements and bulk targets are listed.</summary>
public static class StorageFields
{
    private const BindingFlags Own = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    /// <summary>Each field that holds something of a type, by the type that declares it and its name, with all that it holds.</summary>
    public static IEnumerable<(string Owner, string Name, IReadOnlyList<T> Values)> Of<T>() where T : class =>
        from type in typeof(Sql).Assembly.GetTypes()
        where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !type.ContainsGenericParameters
        from field in type.GetFields(Own | BindingFlags.Static)
        where !field.IsLiteral
        let values = Inside<T>(field.GetValue(null)).ToList()
        where values.Count > 0
        select (type.Name, field.Name.Trim('<').Split('>')[0], (IReadOnlyList<T>)values);

    private static IEnumerable<T> Inside<T>(object? value) => value switch
    {
        T found => [found],
        null or string => [],
        ITuple tuple => Enumerable.Range(0, tuple.Length).SelectMany(i => Inside<T>(tuple[i])),
        IEnumerable many => many.Cast<object?>().SelectMany(Inside<T>),
        _ when value.GetType().Assembly == typeof(Sql).Assembly => value.GetType().GetFields(Own | BindingFlags.Instance).SelectMany(field => Inside<T>(field.GetValue(value))),
        _ => [],
    };
}
