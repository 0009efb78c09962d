using System.CommandLine;
using System.Globalization;
using System.Reflection;
using ContributionEngine.Host;

// What is read and printed is the same on every machine, whatever language it speaks.
CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Asked most often by scripts: answered before the command tree is built.
if (args is ["--version"])
{
    Console.Out.WriteLine(Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
    return 0;
}

var parsed = Commands.Root().Parse(args);
if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
foreach (var error in parsed.Errors) Console.Error.WriteLine($"error[usage]: {error.Message}");
Console.Error.WriteLine($"help: see 'contribution-engine {string.Join(' ', args.TakeWhile(word => !word.StartsWith('-')))} --help'.");
return 2;
