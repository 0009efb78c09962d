using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>
/// Reads a file that is in order into its records, and gives null for any other: the serializer is the judge of every file, and says what is wrong with it.
/// It prepares all shapes of a pack before it reads the first, which took a command a third of its processor time; this looks at those that occur.
/// </summary>
internal static class OrderlyJson
{
    private const string Kind = "kind";
    private const int FigureDecimals = 9;

    private static readonly ConcurrentDictionary<Type, Shape> Shapes = [];
    private static readonly ConcurrentDictionary<Type, FrozenDictionary<string, object>> Words = [];

    public static T? Read<T>(Func<JsonDocument> open) where T : class
    {
        try
        {
            using var document = open();
            return TryRead(document.RootElement, typeof(T), out var value) ? (T?)value : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // No JSON, or text that is no text.
            return null;
        }
    }

    private static bool TryRead(JsonElement json, Type type, out object? value)
    {
        value = json.ValueKind switch
        {
            JsonValueKind.String => Text(json.GetString()!, Nullable.GetUnderlyingType(type) ?? type),
            JsonValueKind.Number => (Nullable.GetUnderlyingType(type) ?? type) == typeof(int) && json.TryGetInt32(out var number) ? number : null,
            JsonValueKind.True or JsonValueKind.False => (Nullable.GetUnderlyingType(type) ?? type) == typeof(bool) ? json.GetBoolean() : null,
            JsonValueKind.Array => IsOf(type, typeof(IReadOnlyList<>)) ? List(json, type.GenericTypeArguments[0]) : null,
            JsonValueKind.Object => IsOf(type, typeof(IReadOnlyDictionary<,>)) ? Map(json, type.GenericTypeArguments[1]) : Members(json, type),
            _ => null,
        };
        return value is not null;
    }

    private static object? Text(string text, Type type)
    {
        if (type == typeof(string)) return text;
        if (type.IsEnum) return Words.GetOrAdd(type, WordsOf).GetValueOrDefault(text);
        if (type == typeof(DateOnly)) return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        if (type == typeof(Ratio)) return Ratio.TryParse(text, FigureDecimals, out var figure) ? figure : null;
        if (type == typeof(Period)) return Period.TryParse(text, out var month) ? month : null;
        return null;
    }

    private static Array? List(JsonElement json, Type element)
    {
        var (list, at) = (Array.CreateInstance(element, json.GetArrayLength()), 0);
        foreach (var item in json.EnumerateArray())
        {
            if (!TryRead(item, element, out var value)) return null;
            list.SetValue(value, at++);
        }

        return list;
    }

    private static IDictionary? Map(JsonElement json, Type element)
    {
        var map = (IDictionary)Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), element))!;
        foreach (var item in json.EnumerateObject())
        {
            if (map.Contains(item.Name) || !TryRead(item.Value, element, out var value)) return null;
            map.Add(item.Name, value);
        }

        return map;
    }

    private static object? Members(JsonElement json, Type type)
    {
        var hasKinds = type.IsDefined(typeof(JsonPolymorphicAttribute), inherit: false);
        if ((hasKinds ? FormOf(json, type) : type) is not { } form) return null;
        var shape = Shapes.GetOrAdd(form, ShapeOf);
        var given = new Dictionary<Member, object?>();
        var kinds = 0;
        foreach (var item in json.EnumerateObject())
        {
            if (hasKinds && item.NameEquals(Kind) && kinds++ == 0) continue;
            if (!shape.Members.TryGetValue(item.Name, out var member)) return null;
            object? value = null;
            if (item.Value.ValueKind == JsonValueKind.Null ? !member.MayBeNull : !TryRead(item.Value, member.Type, out value)) return null;
            if (!given.TryAdd(member, value)) return null;
        }

        return shape.Members.Values.Any(member => member.IsNeeded && !given.ContainsKey(member)) ? null : shape.Made(given);
    }

    private static Type? FormOf(JsonElement json, Type type) => json.TryGetProperty(Kind, out var kind) && kind.ValueKind == JsonValueKind.String
        ? type.GetCustomAttributes<JsonDerivedTypeAttribute>().FirstOrDefault(form => form.TypeDiscriminator is string word && kind.ValueEquals(word))?.DerivedType
        : null;

    private static Shape ShapeOf(Type type)
    {
        var constructor = type.GetConstructors().Single();
        var parameters = constructor.GetParameters().Select(parameter => new Member(parameter.Name!, parameter.ParameterType, parameter, null)).ToArray();
        var properties = type.GetProperties()
            .Where(property => property.SetMethod is { IsPublic: true } && !property.IsDefined(typeof(JsonIgnoreAttribute)) && !parameters.Any(parameter => parameter.Name == property.Name))
            .Select(property => new Member(property.Name, property.PropertyType, null, property));
        return new Shape(constructor, parameters, parameters.Concat(properties).ToFrozenDictionary(member => JsonNamingPolicy.SnakeCaseLower.ConvertName(member.Name)));
    }

    private static FrozenDictionary<string, object> WordsOf(Type type) =>
        Enum.GetValues(type).Cast<object>().ToFrozenDictionary(value => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{value}"));

    private static bool IsOf(Type type, Type definition) => type.IsGenericType && type.GetGenericTypeDefinition() == definition;

    /// <summary>A member of a record: a parameter of its constructor, or a property that is set after it.</summary>
    private sealed class Member(string name, Type type, ParameterInfo? parameter, PropertyInfo? property)
    {
        private bool? mayBeNull;

        public string Name => name;

        public Type Type => type;

        public bool IsNeeded { get; } = parameter is not null ? !parameter.HasDefaultValue : property!.IsDefined(typeof(RequiredMemberAttribute));

        public bool MayBeNull => mayBeNull ??= type.IsValueType ? Nullable.GetUnderlyingType(type) is not null : State.WriteState == NullabilityState.Nullable;

        public object? Default => parameter!.DefaultValue;

        private NullabilityInfo State => parameter is not null ? new NullabilityInfoContext().Create(parameter) : new NullabilityInfoContext().Create(property!);

        public void Set(object made, object? value) => property?.SetValue(made, value);
    }

    private sealed record Shape(ConstructorInfo Constructor, IReadOnlyList<Member> Parameters, FrozenDictionary<string, Member> Members)
    {
        public object Made(Dictionary<Member, object?> given)
        {
            var made = Constructor.Invoke([.. Parameters.Select(parameter => given.TryGetValue(parameter, out var value) ? value : parameter.Default)]);
            foreach (var (member, value) in given) member.Set(made, value);
            return made;
        }
    }
}
