namespace ContributionEngine.Storage;

/// <summary>What holds of settlement beside the facts that it cuts; read with <see cref="Proofs"/>.</summary>
internal static class SettlementProofs
{
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (6, """
            select r.number as subject, concat('carried ', r.carried, ' forward and cut ', count(m.id), ' remittances') as detail
              from settlement_run r left join remittance m on m.run_id = r.id
             group by r.id, r.number, r.carried, r.state having r.carried < 0 or (r.carried > 0 and (count(m.id) > 0 or r.state <> 'completed'))
            """),
    ];
}
