using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Luware.Onboarding.Data.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class WordsInOrderOfNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Words_Text_TenantId",
                table: "Words");

            migrationBuilder.AddColumn<string>(
                name: "NameKey",
                table: "Words",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: false,
                defaultValue: "",
                collation: "Latin1_General_100_BIN2");

            migrationBuilder.AlterColumn<string>(
                name: "OwnerName",
                table: "Summaries",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true,
                collation: "Latin1_General_100_BIN2",
                oldClrType: typeof(string),
                oldType: "nvarchar(256)",
                oldMaxLength: 256,
                oldNullable: true);

            // What is there already has its order at once; what this adds to summaries is done thereby, so that they need not be made again (SummaryKeeper.Rule).
            migrationBuilder.Sql("UPDATE [Words] SET [NameKey] = COALESCE((SELECT [NameKey] FROM [Summaries] WHERE [Summaries].[Id] = [Words].[TenantId]), '');");
            migrationBuilder.Sql("UPDATE [Summaries] SET [Rule] = 4 WHERE [Rule] = 3;");

            migrationBuilder.CreateIndex(
                name: "IX_Words_Text_NameKey_TenantId",
                table: "Words",
                columns: new[] { "Text", "NameKey", "TenantId" });

            migrationBuilder.CreateIndex(
                name: "IX_Journal_At",
                table: "Journal",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Words_Text_NameKey_TenantId",
                table: "Words");

            migrationBuilder.DropIndex(
                name: "IX_Journal_At",
                table: "Journal");

            migrationBuilder.DropColumn(
                name: "NameKey",
                table: "Words");

            migrationBuilder.AlterColumn<string>(
                name: "OwnerName",
                table: "Summaries",
                type: "nvarchar(256)",
                maxLength: 256,
                nullable: true,
                oldClrType: typeof(string),
                oldType: "nvarchar(256)",
                oldMaxLength: 256,
                oldNullable: true,
                oldCollation: "Latin1_General_100_BIN2");

            migrationBuilder.CreateIndex(
                name: "IX_Words_Text_TenantId",
                table: "Words",
                columns: new[] { "Text", "TenantId" });
        }
    }
}
