using NUnit.Framework;

namespace ContributionEngine.Testing;

/// <summary>The RabbitMQ of this test run: the one that the environment names, or that tests/run.sh has started.</summary>
public static class RabbitMqServer
{
    internal const string Variable = "CONTRIBUTION_ENGINE_TEST_RABBITMQ";
    internal const string ControlVariable = "CONTRIBUTION_ENGINE_TEST_RABBITMQCTL";

    /// <summary>amqp address of a user who may do anything; null when there is no broker.</summary>
    public static string? Address { get; } = Named(Variable);

    /// <summary>The command line that runs rabbitmqctl on the broker; null when there is none.</summary>
    internal static string? Control { get; } = Named(ControlVariable);

    /// <summary>The address; without one the test is ignored, and says how to run it.</summary>
    public static string Needed()
    {
        if (Address is null || Control is null)
        {
            Assert.Ignore($"Needs a RabbitMQ: run the tests by tests/run.sh, which starts one, or name one by {Variable}, and by {ControlVariable} the command that runs its rabbitmqctl.");
        }

        return Address!;
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } named ? named : null;
}
